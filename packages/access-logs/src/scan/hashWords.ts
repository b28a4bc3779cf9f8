import { hash } from 'node:crypto';

/**
 * The first words, of 32 bits each, of a text's hash.
 *
 * @remarks
 * SHA-256, because clients may choose request ids and paths: nobody shall be able to make two calls that
 * look like one.
 */
export function hashWords(
  text: string | Uint8Array,
  target: Uint32Array,
  at = 0,
): void {
  const digest = hash('sha256', text, 'binary');
  for (let word = 0; word < 4; word++) {
    const first = word * 4;
    target[at + word] =
      digest.charCodeAt(first) +
      digest.charCodeAt(first + 1) * 0x100 +
      digest.charCodeAt(first + 2) * 0x10000 +
      digest.charCodeAt(first + 3) * 0x1000000;
  }
}

const words = new Uint32Array(4);

/** A number of 32 bits that few other texts have. */
export function tagOf(text: string): number {
  hashWords(text, words);
  return words[0];
}
