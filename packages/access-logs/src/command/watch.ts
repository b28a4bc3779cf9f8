import { setTimeout } from 'node:timers/promises';
import type { Report } from '../report/Report';
import { ReportBuilder } from '../report/ReportBuilder';
import { findLogFiles, type LogFile } from '../scan/findLogFiles';
import { type FileResult } from '../scan/scanFile';
import { SerialScan } from '../scan/scanFiles';
import type { ReportOptions } from './parseOptions';

const LOOK_MILLISECONDS = 500;

class WatchState {
  readonly #builder: ReportBuilder;
  readonly #scan: SerialScan;
  readonly #read = new Map<string, FileResult & { size: number }>();

  constructor(asked: ReportOptions) {
    const { filter, policies } = asked;
    const builder = new ReportBuilder({
      filter,
      withReplay: policies !== undefined,
    });
    this.#builder = builder;
    this.#scan = new SerialScan(
      { filter, policies, keepsWholeText: false },
      {
        addBatch: (batch, scanner) => builder.addBatch(batch, scanner),
        endFile: (file, result) => {
          builder.endFile(file, result);
          this.#read.set(file.path, { ...result, size: file.bytes });
        },
      },
    );
  }

  mustStartAnew(files: readonly LogFile[]): boolean {
    return files.some(({ path, bytes }) => {
      const known = this.#read.get(path);
      return (
        known !== undefined &&
        (bytes < known.position.bytes || (known.isGzip && bytes !== known.size))
      );
    });
  }

  /** @returns whether there was something new. */
  async readNews(files: readonly LogFile[]): Promise<boolean> {
    const news = files.filter(
      ({ path, bytes }) => this.#read.get(path)?.size !== bytes,
    );
    await this.#scan.scan(news, {
      from: ({ path }) => this.#read.get(path)?.position,
      isGrowing: true,
    });
    return news.length > 0;
  }

  report(): Report {
    return this.#builder.report();
  }

  close(): void {
    this.#builder.close();
  }
}

/**
 * Makes the report anew whenever files grow or come, until the signal ends it.
 *
 * @remarks
 * Of a plain file that grew only what is new is read; its last line counts once it has ended. When a
 * file became shorter or a gzip file changed, everything is read again.
 */
export async function watch(options: {
  asked: ReportOptions;
  onReport: (report: Report) => Promise<void>;
  signal?: AbortSignal;
}): Promise<void> {
  const { asked, onReport, signal } = options;
  let state = new WatchState(asked);
  let isFirst = true;
  try {
    while (!signal?.aborted) {
      const files = await findLogFiles(asked.paths);
      if (state.mustStartAnew(files)) {
        state.close();
        state = new WatchState(asked);
      }
      if ((await state.readNews(files)) || isFirst) {
        isFirst = false;
        await onReport(state.report());
      }
      await setTimeout(LOOK_MILLISECONDS, undefined, { signal }).catch(
        () => {},
      );
    }
  } finally {
    state.close();
  }
}
