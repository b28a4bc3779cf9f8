/** Where the command writes. */
export interface Output {
  out(line: string): void;
  error(line: string): void;
}
