import { type FileHandle, open } from 'node:fs/promises';
import { type UnpackEnd, unpackText } from './unpackText';

const CHUNK_BYTES = 256 * 1024;

/** How reading a file ended. */
export type ReadResult = UnpackEnd;

/**
 * Reads a file, unpacked if it is gzip (by its first bytes, whatever its name), piece by piece.
 *
 * @remarks
 * Never holds more than a piece. What can't be read twice, as a pipe, is read once. Of a gzip file that is cut
 * off or corrupt, all that can be unpacked is handed on, and the rest is told as a problem.
 *
 * @throws what the file system throws when the file can't be opened or read
 */
export async function readLogFile(options: {
  path: string;
  onText: TakeText;
  /** Where to start in a plain file, in bytes. A pipe has no places: it is read from where it is. */
  offset?: number;
  signal?: AbortSignal;
}): Promise<ReadResult> {
  const { path, onText, offset = 0, signal } = options;
  const file = await open(path, 'r');
  try {
    const stats = await file.stat();
    const chunks = (start: number) =>
      chunksOf({ file, start: stats.isFile() ? start : undefined, signal });
    if (!stats.isFile()) {
      return await readOnce(chunks(0), onText);
    }
    const magic = Buffer.alloc(2);
    const { bytesRead } = await file.read(magic, 0, 2, 0);
    return isGzip(magic.subarray(0, bytesRead))
      ? await unpack({ open: () => chunks(0), size: stats.size, onText })
      : await copy(chunks(offset), onText);
  } finally {
    await file.close();
  }
}

type TakeText = (text: Buffer, isGzip: boolean) => void;

/** Reads what has no places to go back to. */
async function readOnce(
  chunks: AsyncGenerator<Buffer>,
  onText: TakeText,
): Promise<ReadResult> {
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) {
      break;
    }
    head = Buffer.concat([head, next.value]);
  }
  async function* all() {
    yield head;
    yield* chunks;
  }
  return isGzip(head)
    ? await unpack({ open: all, isOnce: true, onText })
    : await copy(all(), onText);
}

async function copy(
  chunks: AsyncIterable<Buffer>,
  onText: TakeText,
): Promise<ReadResult> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    onText(chunk, false);
  }
  return { bytes, isGzip: false };
}

async function unpack(
  options: Parameters<typeof unpackText>[0] & { onText: TakeText },
): Promise<ReadResult> {
  const text = unpackText(options);
  let next = await text.next();
  while (!next.done) {
    options.onText(next.value, true);
    next = await text.next();
  }
  return next.value;
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** @param options - `start`: undefined where bytes have no places */
async function* chunksOf(options: {
  file: FileHandle;
  start?: number;
  signal?: AbortSignal;
}): AsyncGenerator<Buffer> {
  const { file, start, signal } = options;
  let position = start ?? 0;
  for (;;) {
    signal?.throwIfAborted();
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await file.read(
      buffer,
      0,
      CHUNK_BYTES,
      start === undefined ? null : position,
    );
    if (bytesRead === 0) {
      return;
    }
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
