import type { Knex } from 'knex';
import { outcomeColumns } from '../database/outcomeColumns';

/** How many calls the outcomes by five minutes have. */
export async function countOutcomes(knex: Knex): Promise<number> {
  const rows: any[] = await knex('outcomes_5m');
  return rows
    .flatMap(row => outcomeColumns.map(column => Number(row[column])))
    .reduce((sum, count) => sum + count, 0);
}
