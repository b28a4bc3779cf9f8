import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';

const CHUNK_BYTES = 256 * 1024;
const TEXT_BYTES = 1024 * 1024;
/**
 * zlib drops the text of the piece in which it meets a fault. So the piece is given again in smaller
 * ones, down to single bytes.
 */
const PIECE_BYTES = [CHUNK_BYTES, 2048, 1];

/** How reading a file ended. */
export interface ReadResult {
  /** Bytes of the file that were read. */
  bytes: number;
  isGzip: boolean;
  /** Absent: all of the file was read. */
  problem?: string;
}

/** Hands text on, each part once, though it comes from the start several times. */
class TextOnce {
  readonly #onText: (text: Buffer) => void;
  #given = 0;
  #known = 0;

  constructor(onText: (text: Buffer) => void) {
    this.#onText = onText;
  }

  restart(): void {
    this.#known = this.#given;
  }

  add(text: Buffer): void {
    const skipped = Math.min(text.length, this.#known);
    this.#known -= skipped;
    if (skipped < text.length) {
      this.#given += text.length - skipped;
      this.#onText(text.subarray(skipped));
    }
  }
}

/** A gunzip that takes the next piece when it is through with the last one. */
class Unpacking {
  readonly #gunzip: Gunzip;
  readonly #end: Promise<void>;
  #ended = false;
  error?: NodeJS.ErrnoException;

  constructor(gunzip: Gunzip, onText: (text: Buffer) => void) {
    this.#gunzip = gunzip;
    gunzip.on('data', onText);
    this.#end = new Promise(resolve => {
      gunzip.on('error', error => {
        this.error = error;
        this.#ended = true;
        resolve();
      });
      gunzip.on('end', () => {
        this.#ended = true;
        resolve();
      });
    });
  }

  /** Whether there is no use for more. */
  get isOver(): boolean {
    return this.#ended;
  }

  /** @returns whether there is a use for more. */
  async write(chunk: Buffer): Promise<boolean> {
    // When the gzip data ends within the chunk, zlib never calls back.
    await Promise.race([
      new Promise<void>(resolve => {
        this.#gunzip.write(chunk, () => resolve());
      }),
      this.#end,
    ]);
    return !this.#ended;
  }

  async end(): Promise<void> {
    if (!this.#ended) {
      this.#gunzip.end();
      await this.#end;
    }
  }
}

/**
 * Reads a file, unpacked if it is gzip (by its first bytes, whatever its name), piece by piece.
 *
 * @remarks
 * Never holds more than a piece. Of a gzip file that is cut off or corrupt, all that can be unpacked is
 * handed on, and the rest is told as a problem.
 *
 * @throws what the file system throws when the file can't be opened or read
 */
export async function readLogFile(options: {
  path: string;
  onText: (text: Buffer) => void;
  /** Where to start in a plain file, in bytes. */
  offset?: number;
  signal?: AbortSignal;
}): Promise<ReadResult> {
  const { path, onText, offset = 0, signal } = options;
  const file = await open(path, 'r');
  try {
    const magic = Buffer.alloc(2);
    const { bytesRead } = await file.read(magic, 0, 2, 0);
    if (bytesRead === 2 && magic[0] === 0x1f && magic[1] === 0x8b) {
      return await readGzip({ file, onText, signal });
    }
    let bytes = 0;
    for await (const chunk of chunksOf({ file, offset, signal })) {
      bytes += chunk.length;
      onText(chunk);
    }
    return { bytes, isGzip: false };
  } finally {
    await file.close();
  }
}

async function* chunksOf(options: {
  file: FileHandle;
  offset?: number;
  signal?: AbortSignal;
}): AsyncGenerator<Buffer> {
  const { file, signal } = options;
  let position = options.offset ?? 0;
  for (;;) {
    signal?.throwIfAborted();
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) {
      return;
    }
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function readGzip(options: {
  file: FileHandle;
  onText: (text: Buffer) => void;
  signal?: AbortSignal;
}): Promise<ReadResult> {
  const { file, onText, signal } = options;
  const text = new TextOnce(onText);
  let fineFrom = 0;
  let result: UnpackResult | undefined;
  for (const pieceBytes of PIECE_BYTES) {
    text.restart();
    result = await unpack({
      file,
      signal,
      fineFrom,
      pieceBytes,
      onText: part => text.add(part),
    });
    if (result.faultAt === undefined) {
      break;
    }
    fineFrom = result.faultAt;
  }
  const { bytes, isGzip, problem } = result!;
  return { bytes, isGzip, problem };
}

interface UnpackResult extends ReadResult {
  /** Where the piece of the file begins that has a fault. */
  faultAt?: number;
}

/** A chunk as it is, or in small pieces from a place in the file on. */
function* piecesOf(
  chunk: Buffer,
  options: { at: number; fineFrom: number; pieceBytes: number },
): Generator<Buffer> {
  const { at, fineFrom, pieceBytes } = options;
  let start = Math.min(Math.max(fineFrom - at, 0), chunk.length);
  if (start > 0) {
    yield chunk.subarray(0, start);
  }
  for (; start < chunk.length; start += pieceBytes) {
    yield chunk.subarray(start, start + pieceBytes);
  }
}

async function unpack(options: {
  file: FileHandle;
  /** From here on pieces are small. */
  fineFrom: number;
  pieceBytes: number;
  onText: (text: Buffer) => void;
  signal?: AbortSignal;
}): Promise<UnpackResult> {
  const { file, fineFrom, pieceBytes, onText, signal } = options;
  const gunzip = createGunzip({ chunkSize: TEXT_BYTES });
  const unpacking = new Unpacking(gunzip, onText);
  let bytes = 0;
  let pieceAt = 0;
  try {
    for await (const chunk of chunksOf({ file, signal })) {
      for (const piece of piecesOf(chunk, {
        at: bytes,
        fineFrom,
        pieceBytes,
      })) {
        pieceAt = bytes;
        bytes += piece.length;
        if (!(await unpacking.write(piece))) {
          break;
        }
      }
      if (unpacking.isOver) {
        break;
      }
    }
    await unpacking.end();
  } finally {
    gunzip.destroy();
  }
  const { error } = unpacking;
  if (error) {
    const isCutOff = error.code === 'Z_BUF_ERROR';
    return {
      bytes,
      isGzip: true,
      faultAt: isCutOff ? undefined : pieceAt,
      problem: isCutOff
        ? 'the gzip data is cut off: what comes before was read'
        : `the gzip data is corrupt (${error.message}): what comes before was read`,
    };
  }
  const ignored = (await file.stat()).size - gunzip.bytesWritten;
  return {
    bytes,
    isGzip: true,
    problem:
      ignored > 0
        ? `${ignored} bytes behind the gzip data were not read: they are not gzip`
        : undefined,
  };
}
