import {
  ListTagsForResourceCommand,
  paginateListServices,
  type VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { toError } from '@backstage/errors';

/** Tag of what the AWS Gateway API Controller made: account, cluster and VPC. */
const MANAGED_BY = 'application-networking.k8s.aws/ManagedBy';

/** A service of VPC Lattice that a cluster's controller made, and no product. */
export interface ControlledService {
  arn: string;
  /** Name of the cluster. */
  cluster: string;
  /** Tags that its manifests ask for, and others. */
  tags: Record<string, string>;
}

/** Looks for the services that controllers made in one account and region. */
export interface ControlledServices {
  find(name: string): Promise<ControlledService | undefined>;
}

/** Looks with the portal's reader role. */
export function controlledServices(options: {
  client: VPCLatticeClient;
  accountId: string;
}): ControlledServices {
  const { client, accountId } = options;
  return {
    async find(name) {
      for await (const { items = [] } of paginateListServices({ client }, {})) {
        for (const { name: itsName, arn } of items) {
          // Those that others share have names of their own.
          if (itsName !== name || arn?.split(':')[4] !== accountId) {
            continue;
          }
          const tags = await tagsOf(client, arn);
          const cluster = tags?.[MANAGED_BY]?.split('/')[1];
          if (tags && cluster) {
            return { arn, cluster, tags };
          }
        }
      }
      return undefined;
    },
  };
}

/** Undefined: it is gone, as when its controller has removed it since it was listed. */
async function tagsOf(
  client: VPCLatticeClient,
  resourceArn: string,
): Promise<Record<string, string> | undefined> {
  try {
    const { tags = {} } = await client.send(
      new ListTagsForResourceCommand({ resourceArn }),
    );
    return tags;
  } catch (error) {
    if (toError(error).name === 'ResourceNotFoundException') {
      return undefined;
    }
    throw error;
  }
}
