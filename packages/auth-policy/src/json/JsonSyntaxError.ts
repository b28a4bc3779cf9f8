/** Text or a value that is not JSON. */
export class JsonSyntaxError extends Error {
  readonly offset?: number;

  constructor(message: string, offset?: number) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.offset = offset;
  }
}
