import { readFile } from 'node:fs/promises';
import { DiffPoliciesOptions, diffPolicies } from '../diff/diffPolicies';
import { StatementReference } from '../types';
import { Output } from './Output';
import { Paint } from './Paint';
import { describeRequest } from './describeRequest';

const COLORS = { allowed: 'green', denied: 'red', unknown: 'yellow' } as const;

/**
 * Compares two policy files by meaning.
 *
 * @returns the exit code: 0 without differences, 1 with some.
 * @throws if a file can't be read or holds no valid policy.
 */
export async function runDiff(
  paths: string[],
  options: {
    output: Output;
    paint: Paint;
    diff: Pick<DiffPoliciesOptions, 'kind'>;
  },
): Promise<number> {
  const { output, paint, diff } = options;
  const [before, after] = await Promise.all(
    paths.map(path => readFile(path, 'utf8')),
  );
  const found = diffPolicies({ before, after, ...diff });
  for (const difference of found.differences) {
    output.out(
      `${paint(COLORS[difference.before], difference.before)} (${decidedBy(
        difference.beforeStatement,
      )}) → ${paint(COLORS[difference.after], difference.after)} (${decidedBy(
        difference.afterStatement,
      )})`,
    );
    output.out(`  e.g. ${describeRequest(difference.example)}`);
  }
  const count = found.differences.length;
  const tried = `${found.tried} kinds of requests tried`;
  if (count > 0) {
    output.out(`${count} differences (${tried})`);
  } else {
    output.out(
      found.complete
        ? `The policies say the same of every request (${tried}).`
        : `No difference found, but there may be some (${tried}).`,
    );
  }
  return count > 0 ? 1 : 0;
}

function decidedBy(statement?: StatementReference): string {
  return statement
    ? `statement ${statement.sid ?? statement.index}`
    : 'no statement decides';
}
