import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { AwsAccess } from '../../aws/AwsAccess';
import type { LatticeConfig } from '../../config/LatticeConfig';
import { LogBucketClient } from './LogBucketClient';

const hour = 60 * 60 * 1000;

/** Knows which of the configured accounts a bucket belongs to: the ARN of a bucket doesn't say. */
export class BucketOwners {
  readonly #lists = new Map<
    string,
    { at: number; names: Promise<ReadonlySet<string>> }
  >();

  static create(options: {
    aws: AwsAccess;
    config: LatticeConfig;
    now: () => number;
  }): BucketOwners {
    return new BucketOwners(options);
  }

  private constructor(
    private readonly options: Parameters<typeof BucketOwners.create>[0],
  ) {}

  /**
   * The account whose role is to read a bucket: its owner, where that is one of the configuration;
   * else the one that asks, as the bucket's policy may let it in.
   *
   * @param options - `accountId`: of the subscription. Asked first
   */
  async find(options: { bucket: string; accountId: string }): Promise<string> {
    const { bucket, accountId } = options;
    const others = this.options.config.accounts
      .map(account => account.accountId)
      .filter(other => other !== accountId);
    for (const candidate of [accountId, ...others]) {
      if ((await this.#bucketsOf(candidate)).has(bucket)) {
        return candidate;
      }
    }
    return accountId;
  }

  async #bucketsOf(accountId: string): Promise<ReadonlySet<string>> {
    const now = this.options.now();
    const known = this.#lists.get(accountId);
    if (known && now - known.at < hour) {
      return known.names;
    }
    const names = this.#list(accountId).catch(() => {
      // An account that can't be read owns no bucket that could be. Ask again the next time.
      this.#lists.delete(accountId);
      return new Set<string>();
    });
    this.#lists.set(accountId, { at: now, names });
    return names;
  }

  async #list(accountId: string): Promise<ReadonlySet<string>> {
    const { aws, config } = this.options;
    const account = config.accounts.find(
      candidate => candidate.accountId === accountId,
    );
    const client = aws.client({
      type: LogBucketClient,
      accountId,
      region: account?.regions[0] ?? 'us-east-1',
      role: 'reader',
    });
    const names = new Set<string>();
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(
        new ListBucketsCommand({ ContinuationToken }),
      );
      for (const { Name } of page.Buckets ?? []) {
        names.add(Name ?? '');
      }
      ({ ContinuationToken } = page);
    } while (ContinuationToken);
    return names;
  }
}
