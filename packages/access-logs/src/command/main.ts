import { visible } from '../report/visible';
import { makeReport } from './makeReport';
import type { Output, Paint } from './Output';
import { refuseOverwriting } from './outputFiles';
import { parseOptions } from './parseOptions';
import { Presenter } from './Presenter';
import { watch } from './watch';

const USAGE = `Usage: lattice-logs report PATH… [OPTIONS]

Reads access logs of Amazon VPC Lattice and says who called what and who was denied.
PATH is a file or a folder: plain or gzip, as VPC Lattice or Firehose put it into S3,
exported from CloudWatch Logs, or any file with one record a line.

  --json                     One JSON object on stdout instead of the report.
  --html FILE                Writes the report as one page, too.
  --watch                    Goes on, and shows the report anew when files grow or come.
  --from TIME, --to TIME     Records from, and before, a time: 2026-11-22 (UTC) or
                             2026-11-22T10:00:00Z.
  --service ARN|ID           Records of one service or resource configuration.
  --caller ARN|NAME|ACCOUNT  Calls of one role, user or account; or anonymous, unknown.
  --policy-network FILE      Decides the calls again by this auth policy of the service
                             network …
  --policy-service ARN=FILE  … and by this one of a service. Can be repeated.
  --unparsed FILE            Writes the lines that can't be read, as JSON lines.
  --threads NUMBER           Default: one a core if there is much to read. 0: none.

Exit code: 0 if a report was made, also with gaps (they are said); 2 if not.`;

/**
 * The command line.
 *
 * @param options - `signal`: ends a watch
 * @returns the exit code.
 */
export async function main(
  args: string[],
  options: { output: Output; paint: Paint; signal?: AbortSignal },
): Promise<number> {
  const { output } = options;
  try {
    const asked = await parseOptions(args);
    if (!asked) {
      output.out(USAGE);
      return 0;
    }
    await refuseOverwriting(asked);
    const presenter = new Presenter(asked, options);
    if (asked.isWatching) {
      await watch({
        asked,
        signal: options.signal,
        onReport: report => presenter.show(report),
      });
      return 0;
    }
    await presenter.show(await makeReport(asked));
    return 0;
  } catch (error) {
    output.error(visible((error as Error).message));
    return 2;
  }
}
