import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { stringifyError } from '@backstage/errors';
import type { EstateGap } from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess, AwsClientOptions } from '../aws/AwsAccess';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import { Limiter } from './Limiter';

/**
 * One read of one account and region: its clients, its limit on calls at a time, and the gaps it finds.
 */
export class EstateReading {
  readonly accountId: string;
  readonly region: string;
  readonly gaps: EstateGap[] = [];
  private readonly limiter: Limiter;
  private readonly aws: AwsAccess;
  private readonly signal?: AbortSignal;
  private readonly configured: ReadonlySet<string>;

  constructor(options: {
    aws: AwsAccess;
    accountId: string;
    region: string;
    /** Ids of all accounts the portal reads. */
    configured: ReadonlySet<string>;
    callsAtATime: number;
    signal?: AbortSignal;
  }) {
    this.aws = options.aws;
    this.accountId = options.accountId;
    this.region = options.region;
    this.configured = options.configured;
    this.signal = options.signal;
    this.limiter = Limiter.create({ limit: options.callsAtATime });
  }

  get lattice(): VPCLatticeClient {
    return this.client(VPCLatticeClient);
  }

  client<T>(type: new (options: AwsClientOptions) => T): T {
    const { accountId, region } = this;
    return this.aws.client({ type, accountId, region, role: 'reader' });
  }

  /** To be given to every call as its options. */
  get callOptions(): { abortSignal?: AbortSignal } {
    return { abortSignal: this.signal };
  }

  /** One call, or all pages of one list. Don't nest: an outer call would keep an inner one waiting. */
  call<T>(run: () => Promise<T>): Promise<T> {
    return this.limiter.run(run);
  }

  /** As `call`, but a failure becomes a gap. */
  async attempt<T>(
    part: string,
    run: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await this.call(run);
    } catch (error) {
      this.signal?.throwIfAborted();
      this.gaps.push({ part, reason: stringifyError(error) });
      return undefined;
    }
  }

  /** What AWS lists by network or service only is missing too where these could not be listed. */
  noteConsequences(read: { serviceNetworks?: unknown; services?: unknown }) {
    const missing = read.serviceNetworks ? 'services' : 'service networks';
    const parts = [
      ...(read.serviceNetworks ? [] : ['vpcAssociations']),
      ...(read.serviceNetworks && read.services
        ? []
        : ['serviceAssociations', 'accessLogSubscriptions']),
    ];
    const reason = `AWS lists them by resource, and the ${missing} could not be listed`;
    this.gaps.push(...parts.map(part => ({ part, reason })));
  }

  /** Whether the resource belongs to the account that is read. */
  owns(arn: string | undefined): boolean {
    return this.ownerOf(arn) === this.accountId;
  }

  /** Whether no account of the configuration could read more of the resource than this one does. */
  isForeign(arn: string | undefined): boolean {
    const owner = this.ownerOf(arn);
    return owner !== undefined && !this.configured.has(owner);
  }

  ownerOf(arn: string | undefined): string | undefined {
    return arn ? parseArn(arn)?.accountId : undefined;
  }
}

/** All items of all pages. */
export async function allItems<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
  }
  return items;
}
