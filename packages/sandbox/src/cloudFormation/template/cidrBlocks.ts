import { TemplateError } from './TemplateError';

function fail(reason: string): never {
  throw new TemplateError(`Template error: Fn::Cidr ${reason}`);
}

function parseIpv4(address: string): bigint | undefined {
  const parts = address.split('.');
  const isValid =
    parts.length === 4 &&
    parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isValid
    ? parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
    : undefined;
}

function parseIpv6(address: string): bigint | undefined {
  const [head, tail, ...more] = address.split('::');
  if (more.length > 0) {
    return undefined;
  }
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const before = groups(head);
  const after = groups(tail);
  const gap = 8 - before.length - after.length;
  if (tail === undefined ? gap !== 0 : gap < 1) {
    return undefined;
  }
  const all = [...before, ...Array<string>(gap).fill('0'), ...after];
  return all.every(group => /^[0-9a-f]{1,4}$/i.test(group))
    ? all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n)
    : undefined;
}

function formatIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map(bits => (value >> bits) & 255n).join('.');
}

/** The longest run of zero groups is left out, as in RFC 5952. */
function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const runs = [...groups.join(':').matchAll(/\b0(:0)+\b/g)];
  const longest = runs.sort(
    (left, right) => right[0].length - left[0].length,
  )[0];
  if (!longest) {
    return groups.join(':');
  }
  const text = groups.join(':');
  const head = text.slice(0, longest.index).replace(/:$/, '');
  const tail = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${head}::${tail}`;
}

/**
 * `Fn::Cidr`: the first blocks of a network, each with `cidrBits` bits for hosts.
 *
 * @throws TemplateError when the network is none, or too small.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html}
 */
export function cidrBlocks(
  ipBlock: string,
  count: number,
  cidrBits: number,
): string[] {
  const [address, length] = ipBlock.split('/');
  const isIpv6 = address.includes(':');
  const width = isIpv6 ? 128 : 32;
  const base = isIpv6 ? parseIpv6(address) : parseIpv4(address);
  const prefix = Number(length);
  if (base === undefined || !/^\d+$/.test(length ?? '') || prefix > width) {
    return fail(`needs a CIDR block, not ${ipBlock}`);
  }
  if (!Number.isInteger(count) || count < 1 || count > 256) {
    return fail('makes from 1 to 256 blocks');
  }
  if (
    !Number.isInteger(cidrBits) ||
    cidrBits < 1 ||
    cidrBits > width - prefix
  ) {
    return fail(`can't take ${cidrBits} bits of ${ipBlock}`);
  }
  const size = 1n << BigInt(cidrBits);
  if (BigInt(count) * size > 1n << BigInt(width - prefix)) {
    return fail(`can't make ${count} blocks of ${cidrBits} bits in ${ipBlock}`);
  }
  const hosts = (1n << BigInt(width - prefix)) - 1n;
  const network = base - (base & hosts);
  return Array.from({ length: count }, (_, index) => {
    const block = network + BigInt(index) * size;
    return `${isIpv6 ? formatIpv6(block) : formatIpv4(block)}/${
      width - cidrBits
    }`;
  });
}
