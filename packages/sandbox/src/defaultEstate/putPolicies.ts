import type { PolicyRevision } from './estateFileSchema';
import { stableUuid } from './identifiers';
import type { LoadContext } from './LoadContext';
import type { LoadedResource } from './putAccessLogs';

/** Puts the auth policy in force, and an event of CloudTrail's history for each of its revisions. */
export function putPolicies(options: {
  context: LoadContext;
  resource: LoadedResource;
  type: 'AWS::VpcLattice::ServiceNetwork' | 'AWS::VpcLattice::Service';
  revisions: PolicyRevision[];
}): void {
  const { context, resource, type, revisions } = options;
  const { arn, account } = resource;
  const owned = context.owned(account);
  for (const { time, by, policy } of revisions) {
    const text = JSON.stringify(policy);
    const updatedAt = context.time(time);
    const id = stableUuid(`PutAuthPolicy/${arn}/${updatedAt}`);
    context.estate.trailEvents.put(id, {
      ...owned,
      id,
      name: 'PutAuthPolicy',
      source: 'vpc-lattice.amazonaws.com',
      time: updatedAt,
      principalArn: by ?? `arn:aws:iam::${owned.accountId}:root`,
      readOnly: false,
      resources: [{ type, name: arn }],
      requestParameters: { resourceIdentifier: arn, policy: text },
      responseElements: { policy: text, state: 'Active' },
    });
    context.estate.authPolicies.put(arn, {
      resourceArn: arn,
      policy: text,
      createdAt: context.time(revisions[0].time),
      lastUpdatedAt: updatedAt,
    });
  }
}
