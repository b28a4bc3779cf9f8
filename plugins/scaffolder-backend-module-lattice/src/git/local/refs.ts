/** The branch people work on. */
export const BRANCH = 'refs/heads/main';

/**
 * What the template wrote, one commit for each time, without anything people changed. Its difference to the commit
 * before is what the template changed, which is merged into `main`.
 */
export const RENDERED = 'refs/lattice/rendered';
