import { readFile } from 'node:fs/promises';
import { LintPolicyOptions, lintPolicy } from '../lint/lintPolicy';
import { Output } from './Output';
import { Paint } from './Paint';
import { messageOf } from './messageOf';

/**
 * Lints policy files.
 *
 * @returns the exit code: 0, 1 if there is any error, 2 if a file could not be read.
 */
export async function runLint(
  paths: string[],
  options: { output: Output; paint: Paint; lint: LintPolicyOptions },
): Promise<number> {
  const { output, paint, lint } = options;
  let errors = 0;
  let warnings = 0;
  let isUnreadable = false;
  for (const path of paths) {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      output.error(`${path}: ${messageOf(error)}`);
      isUnreadable = true;
      continue;
    }
    for (const finding of lintPolicy(text, lint)) {
      const { code, severity, line = 1, column = 1, message } = finding;
      const isError = severity === 'error';
      errors += isError ? 1 : 0;
      warnings += isError ? 0 : 1;
      output.out(
        `${path}:${line}:${column}: ${paint(
          isError ? 'red' : 'yellow',
          severity,
        )}: ${message} ${paint('gray', `[${code} ${finding.path}]`)}`,
      );
    }
  }
  output.out(`${errors} errors, ${warnings} warnings in ${paths.length} files`);
  if (isUnreadable) {
    return 2;
  }
  return errors > 0 ? 1 : 0;
}
