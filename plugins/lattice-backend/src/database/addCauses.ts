import type { Knex } from 'knex';
import type { CauseRow } from '../ingest/rollUp';
import { CauseTexts, numberColumns } from './causeTexts';
import { mergeOf } from './sql';
import { upsert } from './upsert';

/** What is kept of a cause in all. */
const COLUMNS = [
  'cause_id',
  'service_arn',
  'caller_id',
  'caller_kind',
  'caller_account_id',
  'source_vpc_id',
  'outcome',
  'method',
  'path_shape',
  'last_seen',
  'example_id',
  ...Object.values(numberColumns),
];

/**
 * Adds the hours of causes of denials to what is kept of them, by the hour and in all.
 */
export async function addCauses(knex: Knex, rows: CauseRow[]): Promise<void> {
  const texts = new CauseTexts();
  const numbered = rows.map(row => ({ ...row, ...texts.numbersOf(row) }));
  await upsert(knex, {
    table: 'denied_texts',
    rows: texts.all(),
    key: ['number'],
  });
  await upsert(knex, {
    table: 'denied_causes',
    rows: newestOf(numbered),
    columns: COLUMNS,
    key: ['cause_id'],
    merge: mergeOf(knex, 'denied_causes').ofGreater('last_seen', [
      'last_seen',
      'example_id',
    ]),
  });
  const merge = mergeOf(knex, 'denied_causes_1h');
  await upsert(knex, {
    table: 'denied_causes_1h',
    rows: numbered,
    key: ['bucket', 'cause_id'],
    merge: {
      ...merge.sum(['count']),
      ...merge.least('first_seen'),
      ...merge.ofGreater('last_seen', ['last_seen', 'example_id']),
    },
  });
}

/** The newest hour of each cause. */
function newestOf(rows: readonly CauseRow[]): CauseRow[] {
  const newest = new Map<string, CauseRow>();
  for (const row of rows) {
    const known = newest.get(row.cause_id);
    if (!known || row.last_seen > known.last_seen) {
      newest.set(row.cause_id, row);
    }
  }
  return [...newest.values()];
}
