import { type FileHandle, open } from 'node:fs/promises';
import { type UnpackEnd, unpackText } from './unpackText';

const CHUNK_BYTES = 256 * 1024;

/** How reading a file ended. */
export type ReadResult = UnpackEnd;

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
  onText: (text: Buffer, isGzip: boolean) => void;
  /** Where to start in a plain file, in bytes. */
  offset?: number;
  signal?: AbortSignal;
}): Promise<ReadResult> {
  const { path, onText, offset = 0, signal } = options;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const magic = Buffer.alloc(2);
    const { bytesRead } = await file.read(magic, 0, 2, 0);
    const isGzip = bytesRead === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
    if (!isGzip) {
      let bytes = 0;
      for await (const chunk of chunksOf({ file, offset, signal })) {
        bytes += chunk.length;
        onText(chunk, isGzip);
      }
      return { bytes, isGzip };
    }
    const text = unpackText({ open: () => chunksOf({ file, signal }), size });
    let next = await text.next();
    while (!next.done) {
      onText(next.value, isGzip);
      next = await text.next();
    }
    return next.value;
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
