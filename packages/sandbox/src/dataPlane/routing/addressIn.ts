/**
 * An address and port of a client in a VPC.
 *
 * @param random - Source of chance, from 0 to below 1.
 */
export function addressIn(cidrBlock: string, random: () => number): string {
  const [address, bits] = cidrBlock.split('/');
  const base = address
    .split('.')
    .reduce((value, part) => value * 256 + Number(part), 0);
  // A few clients only, each with its own address; the first addresses of a range are AWS's.
  const room = Math.max(1, 2 ** (32 - Number(bits)) - 32);
  const client = 16 + ((Math.floor(random() * 8) * 37) % room);
  const value = base + client;
  const parts = [24, 16, 8, 0].map(
    shift => Math.floor(value / 2 ** shift) % 256,
  );
  return `${parts.join('.')}:${32_768 + Math.floor(random() * 28_000)}`;
}
