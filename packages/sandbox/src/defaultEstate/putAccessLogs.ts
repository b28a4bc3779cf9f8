import { stableId } from './identifiers';
import type { LoadContext } from './LoadContext';

/** A service network or service. */
export interface LoadedResource {
  arn: string;
  id: string;
  /** Name of its account. */
  account: string;
  created: string;
}

/** Puts access log subscriptions, and the log groups they write to. */
export function putAccessLogs(options: {
  context: LoadContext;
  resource: LoadedResource;
  destinations: ({ logGroup: string } | { bucket: string })[];
}): void {
  const { context, resource, destinations } = options;
  const { account, created } = resource;
  for (const destination of destinations) {
    let destinationArn: string;
    if ('logGroup' in destination) {
      const name = destination.logGroup;
      const arn = context.arn('logs', account, `log-group:${name}`);
      context.estate.logGroups.put(arn, {
        ...context.owned(account),
        arn,
        name,
        retentionInDays: 7,
        tags: context.tags(account),
        createdAt: context.time(created),
      });
      destinationArn = `${arn}:*`;
    } else {
      destinationArn = `arn:aws:s3:::${destination.bucket}`;
    }
    const id = stableId('als', `${resource.id}/${destinationArn}`);
    const arn = context.lattice(account, `accesslogsubscription/${id}`);
    context.estate.accessLogSubscriptions.put(arn, {
      ...context.owned(account),
      ...context.times(created),
      arn,
      id,
      resourceArn: resource.arn,
      resourceId: resource.id,
      destinationArn,
      tags: context.tags(account),
    });
  }
}
