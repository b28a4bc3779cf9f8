import { KEY_WORDS, LINE_ID_WORDS } from '@lattice-portal/access-logs';
import type { LinesOfCalls } from '../database/SeenLines';

/** Lines as columns. `key` and `lineId` in hexadecimal digits, of which 32 and 12 count. */
export function linesOfCalls(
  lines: { key: string; lineId: string; timestamp: number }[],
): LinesOfCalls {
  const size = lines.length;
  const keys = new Uint32Array(size * KEY_WORDS);
  const lineIds = new Uint32Array(size * LINE_ID_WORDS);
  lines.forEach(({ key, lineId }, at) => {
    const bytes = Buffer.from(key, 'hex');
    for (let word = 0; word < KEY_WORDS; word++) {
      keys[at * KEY_WORDS + word] = bytes.readUInt32LE(word * 4);
    }
    lineIds[at * LINE_ID_WORDS] = parseInt(lineId.slice(0, 4), 16);
    lineIds[at * LINE_ID_WORDS + 1] = parseInt(lineId.slice(4), 16);
  });
  const times = Float64Array.from(lines, ({ timestamp }) => timestamp);
  return { size, keys, lineIds, times };
}
