import { readFile } from 'node:fs/promises';
import { decide } from '../decide/decide';
import { agreesWithRecord } from '../explain/agreesWithRecord';
import { Output } from './Output';
import { Paint } from './Paint';
import { parseCase } from './caseFile';
import { messageOf } from './messageOf';
import { printAgreement } from './printAgreement';
import { printExplanation } from './printExplanation';

/**
 * Explains the case in a file to people.
 *
 * @returns the exit code: 0, or 2 if the case could not be read.
 */
export async function runExplain(
  path: string,
  options: { output: Output; paint: Paint },
): Promise<number> {
  const { output, paint } = options;
  try {
    const { options: given, recorded } = parseCase(
      await readFile(path, 'utf8'),
    );
    const verdict = decide(given);
    const { request } = given;
    const lines = printExplanation({ request, verdict, paint });
    if (recorded) {
      lines.push(...printAgreement(agreesWithRecord(verdict, recorded), paint));
    }
    for (const line of lines) {
      output.out(line);
    }
    return 0;
  } catch (error) {
    output.error(`${path}: ${messageOf(error)}`);
    return 2;
  }
}
