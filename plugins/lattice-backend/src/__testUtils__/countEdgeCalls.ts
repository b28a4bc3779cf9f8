import type { Knex } from 'knex';
import type { EdgeSumsTable } from '../database/edgeVersions';
import { unpackEdges } from '../database/packedEdges';
import { COUNT } from '../ingest/callSums';

/** How many calls the hours or days of edges have. */
export async function countEdgeCalls(
  knex: Knex,
  table: EdgeSumsTable,
): Promise<number> {
  const texts: string[] = await knex(table).pluck('edges');
  return texts
    .flatMap(text => [...unpackEdges(text).values()])
    .reduce((sum, sums) => sum + sums[COUNT], 0);
}
