import type { Knex } from 'knex';
import type { CauseRow } from '../ingest/rollUp';
import { CauseTexts } from './causeTexts';
import { mergeOf } from './sql';
import { upsert } from './upsert';

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

/** The newest hour of each cause, without what is its own. */
function newestOf(rows: CauseRow[]) {
  const newest = new Map<string, CauseRow>();
  for (const row of rows) {
    const known = newest.get(row.cause_id);
    if (!known || row.last_seen > known.last_seen) {
      newest.set(row.cause_id, row);
    }
  }
  return Array.from(
    newest.values(),
    ({ bucket: _, count: __, first_seen: ___, ...cause }) => cause,
  );
}
