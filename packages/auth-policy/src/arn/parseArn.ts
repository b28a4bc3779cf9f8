/**
 * An Amazon Resource Name taken apart.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 * @public
 */
export interface Arn {
  partition: string;
  service: string;
  /** Empty for global resources. */
  region: string;
  /** Empty where the resource has no account. */
  account: string;
  /** Everything behind the fifth colon, colons included. */
  resource: string;
}

/**
 * Takes an ARN apart.
 *
 * @returns the parts, or undefined if the text is not an ARN.
 * @public
 */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...rest] =
    text.split(':');
  const resource = rest.join(':');
  if (prefix !== 'arn' || !partition || !service || !resource) {
    return undefined;
  }
  return { partition, service, region, account, resource };
}

/**
 * The account that an ARN names.
 *
 * @returns the 12 digits, or undefined if the text is not an ARN or names no account.
 * @public
 */
export function accountOfArn(text: string): string | undefined {
  const account = parseArn(text)?.account;
  return account && /^\d{12}$/.test(account) ? account : undefined;
}
