import {
  type OutcomeCounts,
  outcomes,
} from '@lattice-portal/plugin-lattice-common';
import type { Columns, Row } from '../schema/Column';
import { join, name, sql, type Sql } from '../sql/Sql';

function columnOf(outcome: string): string {
  return outcome.replaceAll('-', '_');
}

/** A column for each outcome with the number of calls. */
export const outcomeColumns: Columns = Object.fromEntries(
  outcomes.map(outcome => [columnOf(outcome), 'integer']),
);

/** Counts calls by their outcome. */
export const countOutcomes: Sql = join(
  outcomes.map(
    outcome =>
      sql`count(*) FILTER (WHERE NOT twin AND outcome = ${outcome}) AS ${name(
        columnOf(outcome),
      )}`,
  ),
  ', ',
);

/** The calls of a row by outcome. */
export function countsOf(row: Row): OutcomeCounts {
  return Object.fromEntries(
    outcomes.map(outcome => [outcome, Number(row[columnOf(outcome)])]),
  ) as OutcomeCounts;
}
