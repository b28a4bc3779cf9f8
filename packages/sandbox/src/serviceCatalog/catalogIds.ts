import { createHash, randomBytes } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

function spell(bytes: Uint8Array): string {
  return [...bytes.subarray(0, 13)]
    .map(byte => letters[byte % letters.length])
    .join('');
}

/** An id such as `prod-` and thirteen letters, the same for the same names. */
export function stableId(prefix: string, ...names: string[]): string {
  const hash = createHash('sha256').update(names.join('\n')).digest();
  return `${prefix}-${spell(hash)}`;
}

/** An id such as `rec-` and thirteen random letters. */
export function newId(prefix: string): string {
  return `${prefix}-${spell(randomBytes(13))}`;
}
