import { Unpacking } from './Unpacking';

/** Compressed bytes that are handed to zlib at a time. */
const CHUNK_BYTES = 256 * 1024;
/**
 * zlib drops the text of the piece in which it meets a fault. So the piece is given again in smaller
 * ones, down to single bytes.
 */
const PIECE_BYTES = [CHUNK_BYTES, 2048, 1];
/** Of what can't be given again. */
const PIECE_BYTES_ONCE = [2048];

/** How unpacking ended. */
export interface UnpackEnd {
  /** Bytes that were read, before unpacking. */
  bytes: number;
  isGzip: boolean;
  /** Absent: all of it was read. */
  problem?: string;
}

/**
 * Gives text, unpacked if it is gzip (by its first bytes), piece by piece.
 *
 * @remarks
 * Never holds more than a piece: the next one is unpacked when the last one has been taken. Of gzip data
 * that is cut off or corrupt, all that can be unpacked is given, and the rest is told as a problem.
 *
 * @param options - `open`: the bytes from their start; opened again where gzip data has a fault. `size`:
 * of all the bytes, to tell whether some lie behind the gzip data. `isOnce`: they can't be opened again; before a
 * fault the text of up to 2 kB of gzip data is lost
 * @throws what reading the bytes throws
 */
export async function* unpackText(options: {
  open: () => AsyncIterable<Uint8Array>;
  size?: number;
  isOnce?: boolean;
}): AsyncGenerator<Buffer, UnpackEnd> {
  let fineFrom = 0;
  let given = 0;
  let end: UnpackPass | undefined;
  for (const pieceBytes of options.isOnce ? PIECE_BYTES_ONCE : PIECE_BYTES) {
    const pass = unpackOnce({ ...options, fineFrom, pieceBytes });
    // Text that an earlier pass gave comes again.
    let known = given;
    let next = await pass.next();
    try {
      while (!next.done) {
        const skipped = Math.min(next.value.length, known);
        known -= skipped;
        if (skipped < next.value.length) {
          given += next.value.length - skipped;
          yield next.value.subarray(skipped);
        }
        next = await pass.next();
      }
    } finally {
      if (!next.done) {
        await pass.return(undefined as never);
      }
    }
    end = next.value;
    if (end.faultAt === undefined) {
      break;
    }
    fineFrom = end.faultAt;
  }
  const { bytes, isGzip, problem } = end!;
  return { bytes, isGzip, problem };
}

interface UnpackPass extends UnpackEnd {
  /** Where the piece begins that has a fault. */
  faultAt?: number;
}

async function* unpackOnce(options: {
  open: () => AsyncIterable<Uint8Array>;
  size?: number;
  /** From here on pieces are small. */
  fineFrom: number;
  pieceBytes: number;
}): AsyncGenerator<Buffer, UnpackPass> {
  const { open, size, fineFrom, pieceBytes } = options;
  let unpacking: Unpacking | undefined;
  let head: Buffer | undefined = Buffer.alloc(0);
  let bytes = 0;
  let pieceAt = 0;
  try {
    for await (const part of open()) {
      let chunk = bufferOf(part);
      if (head) {
        chunk = Buffer.concat([head, chunk]);
        if (chunk.length < 2) {
          head = chunk;
          continue;
        }
        head = undefined;
        unpacking =
          chunk[0] === 0x1f && chunk[1] === 0x8b ? new Unpacking() : undefined;
      }
      if (!unpacking) {
        bytes += chunk.length;
        yield chunk;
        continue;
      }
      for (const piece of piecesOf(chunk, {
        at: bytes,
        fineFrom,
        pieceBytes,
      })) {
        pieceAt = bytes;
        bytes += piece.length;
        yield* unpacking.write(piece);
        if (unpacking.isOver) {
          break;
        }
      }
      if (unpacking.isOver) {
        break;
      }
    }
    if (head?.length) {
      bytes = head.length;
      yield head;
    }
    if (!unpacking) {
      return { bytes, isGzip: false };
    }
    yield* unpacking.end();
  } finally {
    unpacking?.destroy();
  }
  const { error, bytesTaken } = unpacking;
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
  const ignored = (size ?? bytes) - bytesTaken;
  return {
    bytes,
    isGzip: true,
    problem:
      ignored > 0
        ? `${ignored} bytes behind the gzip data were not read: they are not gzip`
        : undefined,
  };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A chunk as it is, or in small pieces from a place in the data on. */
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
