import { randomInt } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';

const TABLE = 'log_leases';

/**
 * The right to do something that one process at a time may do.
 *
 * @remarks
 * A lease that is not renewed in time can be taken by others. Whoever held it notices in its next
 * transaction, by a token that grows with each holder: so clocks that differ cost time, and nothing else.
 */
export class Lease {
  /**
   * Takes the lease.
   *
   * @param options - `duration` in milliseconds: how long it is kept from others if its holder dies
   * @returns undefined while another holds it
   */
  static async take(options: {
    knex: Knex;
    name: string;
    duration: number;
    now: () => number;
  }): Promise<Lease | undefined> {
    const { knex, name, duration, now } = options;
    await knex(TABLE)
      // Not from 0: whoever held a lease that was deleted must not take a new one for theirs.
      .insert({ name, token: randomInt(2 ** 40), expires_at: 0 })
      .onConflict('name')
      .ignore();
    return knex.transaction(async transaction => {
      const taken = await transaction(TABLE)
        .where({ name })
        .where('expires_at', '<=', now())
        .increment('token', 1)
        .update({ expires_at: now() + duration });
      if (taken === 0) {
        return undefined;
      }
      const { token } = await transaction(TABLE).where({ name }).first();
      return new Lease(options, Number(token));
    });
  }

  private constructor(
    private readonly options: Parameters<typeof Lease.take>[0],
    private readonly token: number,
  ) {}

  /**
   * Makes sure, for the rest of a transaction, that the lease is still held, and renews it. Has to come
   * first in the transaction: others wait for its end.
   *
   * @throws ConflictError if another took it
   */
  async hold(transaction: Knex): Promise<void> {
    const { name, duration, now } = this.options;
    const held = await transaction(TABLE)
      .where({ name, token: this.token })
      .update({ expires_at: now() + duration });
    if (held === 0) {
      throw new ConflictError(
        `Another process has taken over ${name}: nothing was stored`,
      );
    }
  }

  /** Whether nobody else held the lease since the other one of this process, which may be this one. */
  follows(other: Lease): boolean {
    return this.token === other.token || this.token === other.token + 1;
  }

  /** Renews the lease. */
  async renew(): Promise<void> {
    await this.hold(this.options.knex);
  }

  /** Lets others take it at once. */
  async release(): Promise<void> {
    const { knex, name } = this.options;
    await knex(TABLE)
      .where({ name, token: this.token })
      .update({ expires_at: 0 });
  }
}
