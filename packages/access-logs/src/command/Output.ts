import type { styleText } from 'node:util';

/** Where the command writes. */
export interface Output {
  out(line: string): void;
  error(line: string): void;
}

/** Colours text, or leaves it as it is. */
export type Paint = (
  style: Parameters<typeof styleText>[0],
  text: string,
) => string;
