import type { Knex } from 'knex';
import { evidenceOf } from '../accessRequests/AccessWatch';
import { type SeenLine, sortOut } from '../ingest/sortOut';
import { rollUp } from '../ingest/rollUp';
import type {
  AccessLogStore,
  LogSourceCounters,
  StoredLogSource,
} from './AccessLogStore';
import { addEvidence, addRollUps } from './addRollUps';
import { forValues, optionalIsoOf, upsert } from './sql';

type StoreOptions = Parameters<AccessLogStore['store']>[0];

/**
 * Takes in access log lines in the plugin's database.
 */
export class DatabaseAccessLogStore implements AccessLogStore {
  static create(options: { knex: Knex }): DatabaseAccessLogStore {
    return new DatabaseAccessLogStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async ensureSource(options: {
    id: string;
    accountId: string;
    region: string;
    status: 'waiting' | 'unsupported';
  }): Promise<StoredLogSource> {
    const { id, accountId, region, status } = options;
    await this.knex('log_sources')
      .insert({ id, account_id: accountId, region, status })
      .onConflict('id')
      .ignore();
    const row = await this.knex('log_sources').where({ id }).first();
    return { number: row.number, id, cursor: row.cursor ?? undefined };
  }

  async store(options: StoreOptions): Promise<void> {
    const { sourceNumber, lines, watches, cursor, readUntil } = options;
    await this.knex.transaction(async transaction => {
      // One at a time: two sources may be bringing the two records of one call.
      await transaction('log_sources')
        .orderBy('number')
        .forUpdate()
        .select('number');
      const sorted = sortOut({
        lines,
        sourceNumber,
        seen: await seenBefore(transaction, lines),
      });
      await upsert(transaction, {
        table: 'log_seen_lines',
        key: ['call_key', 'source_number', 'line_id'],
        rows: sorted.newLines.map(({ key, lineId, timestamp }) => ({
          call_key: key,
          source_number: sourceNumber,
          line_id: lineId,
          timestamp,
        })),
      });
      await upsert(transaction, {
        table: 'log_unparsed_lines',
        key: ['id'],
        rows: sorted.unparsed.map(({ key, ...line }) => ({
          id: key,
          source_number: sourceNumber,
          ...line,
        })),
      });
      await addRollUps(transaction, rollUp(sorted.calls));
      await addEvidence(transaction, evidenceOf(sorted.calls, watches));
      await transaction('log_sources')
        .where({ number: sourceNumber })
        .increment({
          stored: sorted.calls.length,
          duplicates: sorted.duplicates,
          twins: sorted.twins,
          unparsed: sorted.unparsed.length,
        })
        .update({
          status: 'reading',
          error_message: null,
          error_at: null,
          ...(cursor !== undefined && { cursor }),
          ...(readUntil !== undefined && { read_until: readUntil }),
        });
    });
  }

  async saveFailure(options: {
    sourceNumber: number;
    message: string;
    at: number;
  }): Promise<void> {
    await this.knex('log_sources')
      .where({ number: options.sourceNumber })
      .update({
        status: 'failing',
        error_message: options.message,
        error_at: options.at,
      });
  }

  async sources(): Promise<LogSourceCounters[]> {
    const rows = await this.knex('log_sources').orderBy('id');
    return rows.map(row => {
      const counts = {
        stored: Number(row.stored),
        duplicates: Number(row.duplicates),
        twins: Number(row.twins),
        unparsed: Number(row.unparsed),
      };
      return {
        id: row.id,
        accountId: row.account_id,
        region: row.region,
        status: row.status,
        readUntil: optionalIsoOf(row.read_until),
        error:
          row.error_message === null
            ? undefined
            : {
                message: row.error_message,
                at: new Date(Number(row.error_at)).toISOString(),
              },
        ...counts,
        linesRead:
          counts.stored + counts.duplicates + counts.twins + counts.unparsed,
      };
    });
  }

  async prune(options: {
    recordsBefore: number;
    keysBefore: number;
  }): Promise<void> {
    const { recordsBefore, keysBefore } = options;
    for (const [table, column, before] of [
      ['log_seen_lines', 'timestamp', keysBefore],
      ['log_unparsed_lines', 'timestamp', recordsBefore],
      ['outcomes_5m', 'bucket', recordsBefore],
      ['edges_1h', 'bucket', recordsBefore],
      ['denied_causes_1h', 'bucket', recordsBefore],
      ['denied_requests', 'start_time', recordsBefore],
    ] as const) {
      await this.knex(table).where(column, '<', before).delete();
    }
  }
}

async function seenBefore(
  transaction: Knex.Transaction,
  lines: StoreOptions['lines'],
): Promise<Map<string, SeenLine[]>> {
  const rows = await forValues(
    lines.map(line => line.key),
    keys =>
      transaction('log_seen_lines')
        .whereIn('call_key', keys)
        .select('call_key', 'source_number', 'line_id'),
  );
  const seen = new Map<string, SeenLine[]>();
  for (const row of rows) {
    const ofCall = seen.get(row.call_key) ?? [];
    ofCall.push({ sourceNumber: row.source_number, lineId: row.line_id });
    seen.set(row.call_key, ofCall);
  }
  return seen;
}
