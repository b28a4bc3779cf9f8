import type { CallOperation } from '../../cloudFormation';
import type { EksCluster } from '../../estate/containerResources';
import type { Tags } from '../../estate/resources';
import { managedBy, tagKeys } from './controllerTags';

/** Something the controller made, or another's. */
export interface TaggedResource {
  arn: string;
  id: string;
  name: string;
  tags: Tags;
  [other: string]: any;
}

/**
 * The VPC Lattice of a cluster's account, as its controller sees it: in the controller's role, which is
 * checked and recorded with every call.
 */
export class LatticeAccount {
  readonly managedBy: string;

  constructor(
    private readonly options: {
      cluster: EksCluster;
      /** Role of the controller. */
      roleArn: string;
      call: CallOperation;
    },
  ) {
    this.managedBy = managedBy(options.cluster);
  }

  /** Calls an operation of VPC Lattice. Throws AwsError. */
  async call(operation: string, input: object): Promise<any> {
    const { cluster, roleArn, call } = this.options;
    const { accountId, region, name } = cluster;
    const role = roleArn.split('/').at(-1);
    // A session of EKS Pod Identity is named after the cluster.
    return call('vpc-lattice', operation, input as Record<string, unknown>, {
      accountId,
      region,
      principalArn: `arn:aws:sts::${accountId}:assumed-role/${role}/eks-${name}-gateway-api`,
    });
  }

  /** All pages of a list. */
  async list(operation: string, input: object = {}): Promise<any[]> {
    const items: any[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.call(operation, { ...input, nextToken });
      items.push(...page.items);
      nextToken = page.nextToken;
    } while (nextToken);
    return items;
  }

  /** All pages of a list of what the account owns, with tags. */
  async listTagged(
    operation: string,
    input: object = {},
  ): Promise<TaggedResource[]> {
    const { accountId } = this.options.cluster;
    const items = await this.list(operation, input);
    return Promise.all(
      items
        .filter(({ arn }) => arn.split(':')[4] === accountId)
        .map(async item => {
          const { tags } = await this.call('ListTagsForResource', {
            resourceArn: item.arn,
          });
          return { ...item, tags };
        }),
    );
  }

  /** Whether this controller made the resource. */
  owns({ tags }: { tags: Tags }): boolean {
    return tags[tagKeys.managedBy] === this.managedBy;
  }

  /** Tags of something that is made now. */
  tags(...tags: Tags[]): Tags {
    return Object.assign({}, ...tags, { [tagKeys.managedBy]: this.managedBy });
  }

  /** Makes the tags of a resource what they are to be; those of the controller stay. */
  async keepTags(
    { arn, tags }: { arn: string; tags: Tags },
    wanted: Tags,
  ): Promise<void> {
    const isOurs = (key: string) =>
      key.startsWith('application-networking.k8s.aws/');
    const changed = Object.entries(wanted).filter(
      ([key, value]) => tags[key] !== value,
    );
    const gone = Object.keys(tags).filter(
      key => !isOurs(key) && !key.startsWith('aws:') && !(key in wanted),
    );
    if (changed.length > 0) {
      await this.call('TagResource', {
        resourceArn: arn,
        tags: Object.fromEntries(changed),
      });
    }
    if (gone.length > 0) {
      await this.call('UntagResource', { resourceArn: arn, tagKeys: gone });
    }
  }
}
