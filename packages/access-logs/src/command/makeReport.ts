import { InputError } from '@backstage/errors';
import type { Report } from '../report/Report';
import { ReportBuilder } from '../report/ReportBuilder';
import { findLogFiles } from '../scan/findLogFiles';
import { scanFiles, type ScanSink } from '../scan/scanFiles';
import { outputIdsOf } from './outputFiles';
import type { ReportOptions } from './parseOptions';
import { printProblem } from './Presenter';
import { UnparsedFile } from './UnparsedFile';

const MOST_REASONS = 5;

/**
 * Reads all files, once.
 *
 * @throws `InputError` if there is no file, or none that can be read
 */
export async function makeReport(asked: ReportOptions): Promise<Report> {
  const { filter, policies, threads } = asked;
  const { files, problems } = await findLogFiles(asked.paths, {
    except: await outputIdsOf(asked),
  });
  if (files.length === 0) {
    throw new InputError(
      [
        `There is no file in ${asked.paths.join(', ')}`,
        ...problems.slice(0, MOST_REASONS).map(printProblem),
      ].join('; '),
    );
  }
  const unparsed =
    asked.unparsed === undefined
      ? undefined
      : await UnparsedFile.open(asked.unparsed);
  const builder = new ReportBuilder({
    filter,
    policies,
    onUnparsed: unparsed && (line => unparsed.add(line)),
  });
  builder.setPathProblems(problems);
  let isAnyRead = false;
  const sink: ScanSink = {
    addBatch: (batch, scanner) => builder.addBatch(batch, scanner),
    endFile(file, result) {
      isAnyRead ||= result.unreadFor === undefined;
      builder.endFile(file, result);
    },
  };
  let report: Report;
  try {
    await scanFiles({
      files,
      settings: { filter, policies, keepsWholeText: unparsed !== undefined },
      sink,
      threads,
    });
    report = builder.report();
  } finally {
    builder.close();
    await unparsed?.close();
  }
  if (!isAnyRead) {
    throw new InputError(
      `No file could be read: ${report.problems
        .slice(0, MOST_REASONS)
        .map(printProblem)
        .join('; ')}`,
    );
  }
  return report;
}
