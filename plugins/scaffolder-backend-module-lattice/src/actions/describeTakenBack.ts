/** What became of a repository that a run had published, in words. Undefined: nothing. */
export function describeTakenBack(options: {
  name: string;
  taken: 'removed' | 'reverted' | undefined;
}): string | undefined {
  const { name, taken } = options;
  switch (taken) {
    case 'removed':
      return `repository ${name} was removed again`;
    case 'reverted':
      return `repository ${name} is as it was before`;
    default:
      return undefined;
  }
}
