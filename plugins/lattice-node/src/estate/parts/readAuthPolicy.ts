import {
  GetAuthPolicyCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-vpc-lattice';
import { stringifyError } from '@backstage/errors';
import type { AuthPolicyState } from '@lattice-portal/plugin-lattice-common';
import { isAwsError } from '../../aws/isAwsError';
import type { EstateReading } from '../EstateReading';

/** The auth policy of a service or a network that the account owns. */
export async function readAuthPolicy(
  reading: EstateReading,
  arn: string,
): Promise<AuthPolicyState> {
  let reason = '';
  const state = await reading.attempt(
    `auth policy of ${arn}`,
    async (): Promise<AuthPolicyState> => {
      try {
        const { policy } = await reading.lattice.send(
          new GetAuthPolicyCommand({ resourceIdentifier: arn }),
          reading.callOptions,
        );
        return { status: 'read', document: policy || undefined };
      } catch (error) {
        if (isAwsError(error, 'ResourceNotFoundException')) {
          return { status: 'read' };
        }
        reason = stringifyError(error);
        throw error;
      }
    },
  );
  return state ?? { status: 'unreadable', reason };
}

/** Tags of a resource that the account owns: those of a shared one are refused. */
export async function readTags(
  reading: EstateReading,
  arn: string,
): Promise<Record<string, string> | undefined> {
  return reading.attempt(`tags of ${arn}`, async () => {
    const { tags } = await reading.lattice.send(
      new ListTagsForResourceCommand({ resourceArn: arn }),
      reading.callOptions,
    );
    return tags ?? {};
  });
}
