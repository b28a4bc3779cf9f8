import { isError } from '@backstage/errors';

/** Whether AWS answered with one of these errors. AWS errors are told by their name. */
export function isAwsError(error: unknown, ...names: string[]): boolean {
  return isError(error) && names.includes(error.name);
}
