import { writeFile } from 'node:fs/promises';
import { describeUntried } from '../report/describe';
import { printReport } from '../report/printReport';
import { renderHtml } from '../report/renderHtml';
import type { FileProblem, Report } from '../report/Report';
import { toJson } from '../report/toJson';
import { visible } from '../report/visible';
import type { Output, Paint } from './Output';
import type { ReportOptions } from './parseOptions';

/** Shows reports one after the other, in the ways that were asked for. */
export class Presenter {
  readonly #asked: ReportOptions;
  readonly #output: Output;
  readonly #paint: Paint;
  /** With the last report. */
  #warnings: readonly string[] = [];

  constructor(
    asked: ReportOptions,
    { output, paint }: { output: Output; paint: Paint },
  ) {
    this.#asked = asked;
    this.#output = output;
    this.#paint = paint;
  }

  /** Warnings that the last report had, too, are not said again. */
  async show(report: Report): Promise<void> {
    const { html, isJson } = this.#asked;
    if (html !== undefined) {
      await writeFile(html, renderHtml(report));
    }
    if (isJson) {
      this.#output.out(JSON.stringify(toJson(report)));
    } else {
      for (const line of printReport(report, this.#paint)) {
        this.#output.out(line);
      }
    }
    this.#warn([
      ...report.problems.map(printProblem),
      ...describeUntried(report),
    ]);
  }

  #warn(warnings: readonly string[]): void {
    const said = new Set(this.#warnings);
    this.#warnings = warnings;
    for (const warning of warnings) {
      if (!said.has(warning)) {
        this.#output.error(visible(warning));
      }
    }
  }
}

/** A file's problem in one sentence. It may have control characters. */
export function printProblem({ file, problem }: FileProblem): string {
  return `${file}: ${problem}`;
}
