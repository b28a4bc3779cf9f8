import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parse } from 'yaml';
import { decide } from '../decide/decide';
import { StatementReference, Verdict } from '../types';
import { Output } from './Output';
import { Paint } from './Paint';
import { messageOf } from './messageOf';
import { printExplanation } from './printExplanation';
import { SuiteCase, SuiteExpectation, parseSuite } from './suiteFile';

/**
 * Runs suites of cases with expectations.
 *
 * @returns the exit code: 0, 1 if a case failed, 2 if a suite could not be read.
 */
export async function runTest(
  paths: string[],
  options: { output: Output; paint: Paint },
): Promise<number> {
  const { output, paint } = options;
  const start = performance.now();
  let passed = 0;
  let failed = 0;
  let isUnreadable = false;
  for (const path of paths) {
    let suite: SuiteCase[];
    try {
      suite = await readSuite(path);
    } catch (error) {
      output.error(`${path}: ${messageOf(error)}`);
      isUnreadable = true;
      continue;
    }
    output.out(paint('bold', path));
    for (const each of suite) {
      const verdict = decide(each.options);
      const problems = problemsOf(each.expect, verdict);
      if (problems.length === 0) {
        passed += 1;
        output.out(`  ${paint('green', '✓')} ${each.name}`);
        continue;
      }
      failed += 1;
      output.out(`  ${paint('red', '✗')} ${each.name}`);
      const { request } = each.options;
      for (const line of [
        ...problems,
        '',
        ...printExplanation({ request, verdict, paint }),
        '',
      ]) {
        output.out(line && `      ${line}`);
      }
    }
  }
  const time = Math.round(performance.now() - start);
  output.out(
    `\n${
      passed + failed
    } cases: ${passed} passed, ${failed} failed (${time} ms)`,
  );
  if (isUnreadable) {
    return 2;
  }
  return failed > 0 ? 1 : 0;
}

async function readSuite(path: string): Promise<SuiteCase[]> {
  return parseSuite({
    value: parse(await readFile(path, 'utf8')),
    readPolicy: name => readFile(resolve(dirname(path), name), 'utf8'),
  });
}

function problemsOf(expect: SuiteExpectation, verdict: Verdict): string[] {
  const problems: string[] = [];
  const { outcome, statement, ...layers } = expect;
  if (outcome !== undefined && outcome !== verdict.outcome) {
    problems.push(`expected ${outcome}, but it is ${verdict.outcome}`);
  }
  for (const { layer, result } of verdict.layers) {
    const wanted = layers[layer as keyof typeof layers];
    if (wanted !== undefined && wanted !== result) {
      problems.push(`expected ${layer} to be ${wanted}, but it is ${result}`);
    }
  }
  const deciding = verdict.layers.flatMap(each => each.statement ?? []);
  if (
    statement !== undefined &&
    !deciding.some(
      ({ sid, index }) => statement === (sid ?? index) || statement === index,
    )
  ) {
    problems.push(
      `expected statement ${statement} to decide, but ${
        deciding.map(nameOf).join(' and ') || 'none'
      } did`,
    );
  }
  return problems;
}

function nameOf({ sid, index }: StatementReference): string {
  return sid ?? String(index);
}
