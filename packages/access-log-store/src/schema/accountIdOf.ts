/** The account in an ARN; `undefined` for what is no ARN with an account. */
export function accountIdOf(arn: string | undefined): string | undefined {
  return arn?.match(/^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/)?.[1];
}
