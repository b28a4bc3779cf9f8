/**
 * What is wrong with a custom domain name by itself. Absent: nothing.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateService.html
 */
export function problemOfDomainName(name: string): string | undefined {
  if (name.length < 3 || name.length > 255) {
    return 'A host name has 3 to 255 characters.';
  }
  const labels = name.split('.');
  const isName = labels.every(
    (label, index) =>
      (index === 0 && label === '*') ||
      /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label),
  );
  return isName && labels.length > 1
    ? undefined
    : 'A host name is made of letters, digits and hyphens, with dots between, such as stock.example.com.';
}
