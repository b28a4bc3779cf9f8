import { setTimeout } from 'node:timers/promises';
import type { Report } from '../report/Report';
import { ReportBuilder } from '../report/ReportBuilder';
import { findLogFiles, type FoundLogFiles } from '../scan/findLogFiles';
import { outputIdsOf } from './outputFiles';
import type { ReportOptions } from './parseOptions';
import { UnparsedFile } from './UnparsedFile';
import { WatchedFiles } from './WatchedFiles';

const LOOK_MILLISECONDS = 500;

/** What was counted since all was read anew. */
class WatchState {
  readonly #builder: ReportBuilder;
  readonly #files: WatchedFiles;
  readonly #unparsed?: UnparsedFile;
  #problems = '[]';

  static async begin(asked: ReportOptions): Promise<WatchState> {
    return new WatchState(
      asked,
      asked.unparsed === undefined
        ? undefined
        : await UnparsedFile.open(asked.unparsed),
    );
  }

  private constructor(asked: ReportOptions, unparsed?: UnparsedFile) {
    const { filter, policies } = asked;
    this.#unparsed = unparsed;
    this.#builder = new ReportBuilder({
      filter,
      policies,
      onUnparsed: unparsed && (line => unparsed.add(line)),
    });
    this.#files = new WatchedFiles(
      { filter, policies, keepsWholeText: unparsed !== undefined },
      this.#builder,
    );
  }

  mustStartAnew({ files }: FoundLogFiles): boolean {
    return this.#files.mustStartAnew(files);
  }

  /** @returns whether there was something new. */
  async readNews(
    { files, problems }: FoundLogFiles,
    signal?: AbortSignal,
  ): Promise<boolean> {
    this.#builder.setPathProblems(problems);
    const problemsBefore = this.#problems;
    this.#problems = JSON.stringify(problems);
    const isNew = await this.#files.readNews(files, signal);
    return isNew || this.#problems !== problemsBefore;
  }

  report(): Report {
    return this.#builder.report();
  }

  /** @throws Error if not all lines that were kept aside could be written */
  async close(): Promise<void> {
    this.#builder.close();
    await this.#unparsed?.close();
  }
}

/**
 * Makes the report anew whenever files grow or come, until the signal ends it, also in the middle of a file.
 *
 * @remarks
 * Of a plain file that grew only what is new is read; what is no whole record on its last line counts once
 * that has ended. When a file became shorter, was written over or is a gzip file that changed, everything is
 * read again. A path that is not there any more is waited for.
 *
 * @throws `InputError` for a path that is not there at first, Error if lines that were kept aside can't be
 * written
 */
export async function watch(options: {
  asked: ReportOptions;
  onReport: (report: Report) => Promise<void>;
  signal?: AbortSignal;
}): Promise<void> {
  const { asked, onReport, signal } = options;
  let state: WatchState | undefined;
  let isFirst = true;
  try {
    while (!signal?.aborted) {
      const found = await findLogFiles(asked.paths, {
        except: await outputIdsOf(asked),
        isWaiting: !isFirst,
      });
      if (state?.mustStartAnew(found)) {
        await state.close();
        state = undefined;
      }
      state ??= await WatchState.begin(asked);
      if ((await state.readNews(found, signal)) || isFirst) {
        isFirst = false;
        await onReport(state.report());
      }
      await setTimeout(LOOK_MILLISECONDS, undefined, { signal }).catch(
        () => {},
      );
    }
  } catch (error) {
    if (!signal?.aborted || error !== signal.reason) {
      throw error;
    }
  } finally {
    await state?.close();
  }
}
