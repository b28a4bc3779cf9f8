import { InputError } from '@backstage/errors';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Checks the name of a new branch.
 *
 * @throws InputError when it can't be used
 */
export function checkBranchName(branch: string): string {
  if (!NAME.test(branch) || /\.lock$|\.\./.test(branch)) {
    throw new InputError(`'${branch}' can't be the name of a branch`);
  }
  return branch;
}
