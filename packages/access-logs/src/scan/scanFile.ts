import type { LogFile } from './findLogFiles';
import { LineSplitter } from './LineSplitter';
import { type ReadResult, readLogFile } from './readLogFile';
import type { Scanner } from './Scanner';

/** How far a file was read. */
export interface FilePosition {
  /** Bytes up to the end of the last whole line, or of the last whole record on a line that has not ended. */
  bytes: number;
  /** Number of the line that comes next. */
  line: number;
}

export interface FileResult extends ReadResult {
  /** Where to go on when a plain file grows. */
  position: FilePosition;
  /** Nothing of it was read now: code of the error of the file system. */
  unreadFor?: string;
}

/**
 * Reads a file through a scanner. An error that the file alone has is told as its problem.
 *
 * @param options - `from`: where to go on in a plain file; `isGrowing`: whether the last line may not
 * be whole yet, and what is not is left for the next time
 */
export async function scanFile(options: {
  file: LogFile;
  scanner: Scanner;
  from?: FilePosition;
  isGrowing?: boolean;
  signal?: AbortSignal;
}): Promise<FileResult> {
  const { file, scanner, from = { bytes: 0, line: 1 }, signal } = options;
  scanner.startFile(file.path, file.source);
  const splitter = new LineSplitter(line => scanner.add(line), {
    firstNumber: from.line,
  });
  const read = await readOrTell({
    path: file.path,
    offset: from.bytes,
    onText: text => splitter.write(text),
    signal,
  });
  const isLeft = options.isGrowing && !read.isGzip && !file.isStream;
  const line = splitter.number;
  if (isLeft) {
    splitter.takeWhole();
  } else {
    splitter.end();
  }
  const position = {
    bytes: from.bytes + read.bytes - splitter.pendingBytes,
    line,
  };
  scanner.flush();
  return { ...read, position };
}

async function readOrTell(
  options: Parameters<typeof readLogFile>[0],
): Promise<ReadResult & Pick<FileResult, 'unreadFor'>> {
  let bytes = 0;
  let isGzip = false;
  try {
    return await readLogFile({
      ...options,
      onText(text, ofGzip) {
        bytes += text.length;
        isGzip = ofGzip;
        options.onText(text, ofGzip);
      },
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') {
      throw error;
    }
    return {
      bytes,
      isGzip,
      problem: `can't be read: ${message}`,
      unreadFor: bytes === 0 ? code : undefined,
    };
  }
}
