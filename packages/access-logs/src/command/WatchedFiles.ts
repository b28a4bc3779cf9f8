import type { ReportBuilder } from '../report/ReportBuilder';
import type { LogFile } from '../scan/findLogFiles';
import type { FilePosition, FileResult } from '../scan/scanFile';
import { type ScanSink, SerialScan } from '../scan/scanFiles';
import type { ScanSettings } from '../scan/ScanSettings';

interface KnownFile {
  /** As it was when it was looked at last. */
  file: LogFile;
  result: FileResult;
}

/**
 * Files that are looked at again and again, and how far each was read.
 *
 * @remarks
 * A file is the same whatever it is called: one that was renamed is not read again, and one that came in its
 * place is.
 */
export class WatchedFiles {
  readonly #builder: ReportBuilder;
  readonly #scan: SerialScan;
  /** By their ids. */
  readonly #known = new Map<string, KnownFile>();

  /** @param builder - is told what is new */
  constructor(settings: ScanSettings, builder: ReportBuilder) {
    this.#builder = builder;
    const sink: ScanSink = {
      addBatch: (batch, scanner) => builder.addBatch(batch, scanner),
      endFile: (file, result) => this.#endFile(file, result),
    };
    this.#scan = new SerialScan(settings, sink);
  }

  /**
   * Whether something that was counted is no longer there, as far as that shows, so that all has to be read
   * again: a file became shorter, was written over, or is a gzip file that changed.
   *
   * @param files - all that there are now
   */
  mustStartAnew(files: readonly LogFile[]): boolean {
    const ids = new Set(files.map(({ id }) => id));
    const paths = new Set(files.map(({ path }) => path));
    return (
      files.some(file => this.#isOther(file)) ||
      [...this.#known.values()].some(
        ({ file, result }) =>
          result.isGzip && !ids.has(file.id) && paths.has(file.path),
      )
    );
  }

  /**
   * Reads what is new.
   *
   * @param files - all that there are now
   * @returns whether there was something
   * @throws what `signal` was aborted for
   */
  async readNews(
    files: readonly LogFile[],
    signal?: AbortSignal,
  ): Promise<boolean> {
    const problemsBefore = this.#unreadProblems();
    this.#forgetUnread(new Set(files.map(({ id }) => id)));
    const news: LogFile[] = [];
    let isNew = false;
    for (const file of files) {
      const known = this.#known.get(file.id);
      const hasGrown =
        !known || (known.file.bytes !== file.bytes && !file.isStream);
      if (hasGrown || isWorthAnotherTry(known.result)) {
        news.push(file);
        isNew ||= hasGrown;
      } else {
        known.file = file;
      }
    }
    await this.#scan.scan(news, {
      from: ({ id }) => this.#positionIn(id),
      isGrowing: true,
      signal,
    });
    return isNew || problemsBefore !== this.#unreadProblems();
  }

  #endFile(file: LogFile, result: FileResult): void {
    if (result.unreadFor === 'ENOENT') {
      // It went, or has another name, since it was looked for: the next look finds it there.
      return;
    }
    this.#builder.endFile(file, result);
    this.#known.set(file.id, { file, result });
  }

  #isOther(file: LogFile): boolean {
    const known = this.#known.get(file.id);
    if (!known || file.isStream || wasNeverRead(known.result)) {
      return false;
    }
    const { bytes, writtenAt } = known.file;
    const isAsLong = file.bytes === bytes;
    const isRewritten = isAsLong && file.writtenAt !== writtenAt;
    return known.result.isGzip
      ? !isAsLong || isRewritten
      : file.bytes < known.result.position.bytes || isRewritten;
  }

  #positionIn(id: string): FilePosition | undefined {
    return this.#known.get(id)?.result.position;
  }

  /** @param ids - of the files that are there */
  #forgetUnread(ids: ReadonlySet<string>): void {
    for (const [id, { file, result }] of this.#known) {
      if (wasNeverRead(result) && !ids.has(id)) {
        this.#known.delete(id);
        this.#builder.forgetFile(file);
      }
    }
  }

  /** To tell whether others came or some went. */
  #unreadProblems(): string {
    return JSON.stringify(
      [...this.#known.values()]
        .filter(({ result }) => isWorthAnotherTry(result))
        .map(({ file, result }) => [file.id, result.problem]),
    );
  }
}

function wasNeverRead({ unreadFor, position }: FileResult): boolean {
  return unreadFor !== undefined && position.bytes === 0;
}

function isWorthAnotherTry({ isGzip, problem }: FileResult): boolean {
  return problem !== undefined && !isGzip;
}
