import { randomBytes } from 'node:crypto';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Random capital letters and digits, as in the names CloudFormation makes. */
export function randomLetters(length: number): string {
  return [...randomBytes(length)]
    .map(byte => letters[byte % letters.length])
    .join('');
}

/**
 * A name for a resource that its template leaves unnamed: stack, logical id and twelve random
 * letters, shortened where the type asks for it.
 */
export function generateName(options: {
  stackName: string;
  logicalId: string;
  maximumLength?: number;
  lowerCase?: boolean;
}): string {
  const { stackName, logicalId, maximumLength = 64, lowerCase } = options;
  const rest = maximumLength - 13;
  const logicalPart = logicalId.slice(0, Math.floor(rest / 2));
  const stackPart = stackName.slice(0, rest - logicalPart.length - 1);
  const name = `${stackPart}-${logicalPart}-${randomLetters(12)}`.replace(
    /-{2,}/g,
    '-',
  );
  return lowerCase ? name.toLowerCase() : name;
}
