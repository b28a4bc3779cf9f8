import type { Knex } from 'knex';
import type { UseGroup } from '../statementUse/UseGroups';
import { packUseGroups, unpackUseGroups } from './packedUseGroups';
import { piecesOf } from './sql';
import type {
  ComputedDay,
  GroupedStatementUseDay,
  StatementUseDay,
  StatementUseStore,
} from './StatementUseStore';

const TABLE = 'statement_uses';
const ROWS = 100;
const DAY_COLUMNS = [
  'resource_arn',
  'digest',
  'day',
  'computed_at',
  'is_final',
] as const;

/**
 * Keeps the use of statements in the plugin's database.
 */
export class DatabaseStatementUseStore implements StatementUseStore {
  static create(options: { knex: Knex }): DatabaseStatementUseStore {
    return new DatabaseStatementUseStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async save(days: GroupedStatementUseDay[]): Promise<void> {
    for (const piece of piecesOf(days, ROWS)) {
      await this.knex(TABLE)
        .insert(await Promise.all(piece.map(rowOf)))
        .onConflict(['resource_arn', 'digest', 'day'])
        .merge();
    }
  }

  async computed(options: { from: number }): Promise<ComputedDay[]> {
    const rows: any[] = await this.knex(TABLE)
      .where('day', '>=', options.from)
      .select(...DAY_COLUMNS);
    return rows.map(computedOf);
  }

  async list(
    options: Parameters<StatementUseStore['list']>[0],
  ): Promise<StatementUseDay[]> {
    const { resourceArn, digest, from, to } = options;
    const rows: any[] = await this.knex(TABLE)
      .where({ resource_arn: resourceArn, digest })
      .where('day', '>=', from)
      .where('day', '<', to)
      .orderBy('day')
      .select(...DAY_COLUMNS, 'calls', 'uses', 'gaps');
    return rows.map(row => ({
      ...computedOf(row),
      calls: Number(row.calls),
      uses: JSON.parse(row.uses),
      gaps: JSON.parse(row.gaps),
    }));
  }

  async groups(
    options: Parameters<StatementUseStore['groups']>[0],
  ): Promise<UseGroup[]> {
    const { resourceArn, digest, day } = options;
    const row = await this.knex(TABLE)
      .where({ resource_arn: resourceArn, digest, day })
      .first('use_groups');
    return row ? unpackUseGroups(row.use_groups) : [];
  }

  async prune(options: { before: number }): Promise<void> {
    await this.knex(TABLE).where('day', '<', options.before).delete();
  }
}

function computedOf(row: any): ComputedDay {
  return {
    resourceArn: row.resource_arn,
    digest: row.digest,
    day: Number(row.day),
    computedAt: Number(row.computed_at),
    isFinal: Boolean(row.is_final),
  };
}

async function rowOf(day: GroupedStatementUseDay) {
  return {
    resource_arn: day.resourceArn,
    digest: day.digest,
    day: day.day,
    computed_at: day.computedAt,
    is_final: day.isFinal,
    calls: day.calls,
    uses: JSON.stringify(day.uses),
    gaps: JSON.stringify(day.gaps),
    use_groups: await packUseGroups(day.groups),
  };
}
