import type { PolicyVersion } from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import type { PolicyVersionStore } from './PolicyVersionStore';
import { isoOf, optionalIsoOf } from './sql';
import { upsert } from './upsert';

const TABLE = 'policy_versions';
const HISTORY = 'policy_history';

/**
 * Keeps policy versions in the plugin's database.
 */
export class DatabasePolicyVersionStore implements PolicyVersionStore {
  static create(options: { knex: Knex }): DatabasePolicyVersionStore {
    return new DatabasePolicyVersionStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async list(options: { resourceArn: string }): Promise<PolicyVersion[]> {
    const rows = await this.knex(TABLE)
      .where({ resource_arn: options.resourceArn })
      .orderBy('valid_from');
    return rows.map(versionOf);
  }

  async listCurrent(): Promise<PolicyVersion[]> {
    const rows = await this.knex(TABLE).whereNull('valid_to');
    return rows.map(versionOf);
  }

  async at(options: {
    resourceArn: string;
    time: number;
  }): Promise<PolicyVersion | undefined> {
    const { resourceArn, time } = options;
    const row = await this.knex(TABLE)
      .where({ resource_arn: resourceArn })
      .where('valid_from', '<=', time)
      .where(builder =>
        builder.whereNull('valid_to').orWhere('valid_to', '>', time),
      )
      .orderBy('valid_from', 'desc')
      .first();
    return row ? versionOf(row) : undefined;
  }

  async replace(options: {
    resourceArn: string;
    versions: PolicyVersion[];
  }): Promise<void> {
    const { resourceArn, versions } = options;
    await this.knex.transaction(async transaction => {
      await transaction(TABLE).where({ resource_arn: resourceArn }).delete();
      await upsert(transaction, {
        table: TABLE,
        rows: versions.map(rowOf),
        key: ['resource_arn', 'valid_from'],
      });
    });
  }

  async historyRead(options: {
    accountId: string;
    region: string;
  }): Promise<{ since: number; readUntil: number } | undefined> {
    const row = await this.knex(HISTORY)
      .where({ account_id: options.accountId, region: options.region })
      .first();
    return row
      ? { since: Number(row.since), readUntil: Number(row.read_until) }
      : undefined;
  }

  async saveHistoryRead(options: {
    accountId: string;
    region: string;
    since: number;
    readUntil: number;
  }): Promise<void> {
    await this.knex(HISTORY)
      .insert({
        account_id: options.accountId,
        region: options.region,
        since: options.since,
        read_until: options.readUntil,
      })
      .onConflict(['account_id', 'region'])
      .merge();
  }
}

function versionOf(row: any): PolicyVersion {
  return {
    resourceArn: row.resource_arn,
    document: row.document ?? undefined,
    authType: row.auth_type ?? undefined,
    validFrom: isoOf(row.valid_from),
    validTo: optionalIsoOf(row.valid_to),
    source: row.source,
    changedBy: row.changed_by ?? undefined,
  };
}

function rowOf(version: PolicyVersion) {
  return {
    resource_arn: version.resourceArn,
    valid_from: Date.parse(version.validFrom),
    valid_to: version.validTo ? Date.parse(version.validTo) : null,
    document: version.document ?? null,
    auth_type: version.authType ?? null,
    source: version.source,
    changed_by: version.changedBy ?? null,
  };
}
