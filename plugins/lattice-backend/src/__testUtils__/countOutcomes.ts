import type { Knex } from 'knex';
import { unpackOutcomes } from '../database/packedOutcomes';

/** How many calls the outcomes by five minutes have. */
export async function countOutcomes(knex: Knex): Promise<number> {
  const texts: string[] = await knex('outcomes_5m').pluck('outcomes');
  return texts
    .flatMap(unpackOutcomes)
    .flatMap(({ counts }) => counts)
    .reduce((sum, count) => sum + count, 0);
}
