import type { FileSnapshot } from '../files/FileSnapshot';
import type { Dialect } from '../sql/Dialect';
import {
  list,
  type Parameter,
  type RenderedSql,
  sql,
  type Sql,
} from '../sql/Sql';

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html says 1024. */
const LONGEST_TEXT = 500;

/** SQL for Athena, whose table has all files below its location. */
export function trinoDialect(options: {
  /** Where a file is, as `"$path"` says it. */
  locationOf: (key: string) => string;
}): Dialect {
  const { locationOf } = options;
  return {
    isVisible({ days, hidden }: FileSnapshot): Sql {
      const isInDays = sql`day >= ${days[0]} AND day <= ${days.at(-1)!}`;
      return hidden.length === 0
        ? isInDays
        : sql`${isInDays} AND "$path" NOT IN ${list(hidden.map(locationOf))}`;
    },
  };
}

/** How a value is given to Athena, whose parameters are literals of SQL with a limited length. */
export function trinoParameter(value: Parameter): RenderedSql {
  if (typeof value !== 'string') {
    return { text: '?', parameters: [numberOrTruth(value)] };
  }
  const pieces = piecesOf(value).map(
    piece => `'${piece.replaceAll("'", "''")}'`,
  );
  return pieces.length === 1
    ? { text: '?', parameters: pieces }
    : {
        text: `(${pieces.map(() => '?').join(' || ')})`,
        parameters: pieces,
      };
}

function numberOrTruth(value: number | boolean): string {
  // A decimal would be another type than the columns', which are doubles, and a whole number beyond 64 bits is none.
  return typeof value === 'boolean' || Number.isSafeInteger(value)
    ? String(value)
    : value.toExponential();
}

/** Pieces of a text, none of which ends within a character. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (piece.length + character.length > LONGEST_TEXT) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
