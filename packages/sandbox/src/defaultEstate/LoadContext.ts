import { InputError } from '@backstage/errors';
import type { Estate } from '../estate/Estate';
import type { Tags } from '../estate/resources';
import type { EstateFile, RelativeTime } from './estateFileSchema';
import { stableId } from './identifiers';
import { timeBefore } from './policySchema';

/** What the parts of the loader share: the file, the estate it goes into and how names become ids. */
export class LoadContext {
  constructor(
    readonly file: EstateFile,
    readonly estate: Estate,
    readonly now: number,
  ) {}

  /** @throws InputError when the file has no such account. */
  accountId(name: string): string {
    return this.#account(name).id;
  }

  owned(account: string): { accountId: string; region: string } {
    return { accountId: this.accountId(account), region: this.file.region };
  }

  arn(service: string, account: string, resource: string): string {
    const { region } = this.file;
    return `arn:aws:${service}:${region}:${this.accountId(
      account,
    )}:${resource}`;
  }

  lattice(account: string, resource: string): string {
    return this.arn('vpc-lattice', account, resource);
  }

  /** Its own tags, or its account's owner. */
  tags(account: string, own: Tags = {}): Tags {
    const { owner } = this.#account(account);
    return owner ? { owner, ...own } : own;
  }

  /** `createdAt` and `lastUpdatedAt`. */
  times(created: RelativeTime): { createdAt: string; lastUpdatedAt: string } {
    const time = this.time(created);
    return { createdAt: time, lastUpdatedAt: time };
  }

  time(relativeTime: RelativeTime): string {
    return new Date(timeBefore(this.now, relativeTime)).toISOString();
  }

  /** Account of a VPC. @throws InputError when the file has no such VPC. */
  vpc(name: string): { id: string; account: string } {
    const { account } = this.#named('VPC', this.file.vpcs, name);
    return { id: stableId('vpc', name), account };
  }

  /** Id of a subnet of a VPC. @throws InputError when the file has none of that name. */
  subnetId(vpc: string, name: string): string {
    const { subnets } = this.#named('VPC', this.file.vpcs, vpc);
    this.#named(`subnet of ${vpc}`, subnets, name);
    return stableId('subnet', `${vpc}/${name}`);
  }

  networkArn(name: string): string {
    const { account } = this.#named(
      'service network',
      this.file.serviceNetworks,
      name,
    );
    return this.lattice(account, `servicenetwork/${stableId('sn', name)}`);
  }

  targetGroupArn(name: string): string {
    const { account } = this.#named(
      'target group',
      this.file.targetGroups,
      name,
    );
    return this.lattice(account, `targetgroup/${stableId('tg', name)}`);
  }

  securityGroupId(name: string): string {
    this.#named('security group', this.file.securityGroups, name);
    return stableId('sg', name);
  }

  roleArn(name: string): string {
    const { account } = this.#named('role', this.file.roles, name);
    return `arn:aws:iam::${this.accountId(account)}:role/${name}`;
  }

  #account(name: string) {
    return this.#named('account', this.file.accounts, name);
  }

  #named<T extends { name: string }>(kind: string, items: T[], name: string) {
    const item = items.find(candidate => candidate.name === name);
    if (!item) {
      throw new InputError(`The estate file has no ${kind} named ${name}`);
    }
    return item;
  }
}
