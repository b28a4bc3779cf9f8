import { InputError } from '@backstage/errors';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Checks a repository name, which becomes a folder name and part of a URL.
 *
 * @throws InputError when it can't be used
 */
export function checkRepositoryName(name: string): string {
  if (!NAME.test(name) || /\.(git|lock)$/.test(name) || name.includes('..')) {
    throw new InputError(
      `'${name}' can't be the name of a repository: up to 100 letters, digits, '.', '_' and '-', starting with a letter or digit, not ending in .git or .lock`,
    );
  }
  return name;
}
