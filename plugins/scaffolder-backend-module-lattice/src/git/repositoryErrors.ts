import { ConflictError } from '@backstage/errors';

/** The name is that of a repository the template may not write. */
export function takenError(name: string): Error {
  return new ConflictError(
    `There is a repository ${name} already, and it holds other content. Choose another name, or remove that repository first.`,
  );
}

/** Nobody may write to the repository any more. */
export function archivedError(name: string): Error {
  return new ConflictError(
    `Repository ${name} is archived, and nothing can be written to it. Choose another name.`,
  );
}
