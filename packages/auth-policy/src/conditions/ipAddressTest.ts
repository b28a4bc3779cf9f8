import { FALSE, TRUE, UNKNOWN, truthOf } from '../match/Truth';
import { ValueTest, ValueTestOptions } from './ValueTest';
import { unparsed } from './unparsed';

interface Address {
  /** 16 bits each: two for IPv4, eight for IPv6. */
  groups: number[];
}

/**
 * `IpAddress`: CIDR ranges of IPv4 and IPv6. Bits beyond the prefix don't count.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function ipAddressTest(options: ValueTestOptions): ValueTest {
  const { text, negated } = options;
  const [addressText, prefixText] = text.split('/');
  const wanted = parseAddress(addressText);
  const prefix = parsePrefix({ text, prefixText, wanted });
  return (value, _context, notes) => {
    if (!wanted || prefix === undefined) {
      return unparsed({ value: text, what: 'IP address', negated, notes });
    }
    if (typeof value !== 'string') {
      return UNKNOWN;
    }
    const got = parseAddress(value);
    if (!got) {
      return unparsed({ value, what: 'IP address', negated, notes });
    }
    if (isMapped(got) !== isMapped(wanted)) {
      notes?.push(
        'open rule, how an IPv4 address within IPv6 compares is not documented',
      );
      return UNKNOWN;
    }
    if (got.groups.length !== wanted.groups.length) {
      return FALSE;
    }
    if (prefixText === undefined && wanted.groups.length === 8) {
      // AWS says that no prefix means /32, and doesn't tell IPv4 from IPv6.
      if (inRange({ got, wanted, prefix: 128 })) {
        return TRUE;
      }
      if (inRange({ got, wanted, prefix: 32 })) {
        notes?.push(
          'open rule, an IPv6 address without prefix length is not documented',
        );
        return UNKNOWN;
      }
      return FALSE;
    }
    return truthOf(inRange({ got, wanted, prefix }));
  };
}

function inRange(options: {
  got: Address;
  wanted: Address;
  prefix: number;
}): boolean {
  const { got, wanted, prefix } = options;
  return wanted.groups.every((group, index) => {
    const bits = Math.min(16, Math.max(0, prefix - index * 16));
    const shift = 16 - bits;
    // eslint-disable-next-line no-bitwise
    return group >> shift === got.groups[index] >> shift;
  });
}

function parsePrefix(options: {
  text: string;
  prefixText?: string;
  wanted?: Address;
}): number | undefined {
  const { text, prefixText, wanted } = options;
  const most = (wanted?.groups.length ?? 0) * 16;
  if (prefixText === undefined) {
    return most;
  }
  const prefix = Number(prefixText);
  return /^\d+$/.test(prefixText) &&
    text.split('/').length === 2 &&
    prefix <= most
    ? prefix
    : undefined;
}

function isMapped({ groups }: Address): boolean {
  return (
    groups.length === 8 &&
    groups.slice(0, 5).every(group => group === 0) &&
    groups[5] === 0xffff
  );
}

function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Address | undefined {
  const parts = text.split('.');
  if (
    parts.length !== 4 ||
    !parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256)
  ) {
    return undefined;
  }
  const [a, b, c, d] = parts.map(Number);
  return { groups: [a * 256 + b, c * 256 + d] };
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const [head, tail] = halves.map(parseGroups);
  if (!head || (halves.length === 2 && !tail)) {
    return undefined;
  }
  if (halves.length === 1) {
    return head.length === 8 ? { groups: head } : undefined;
  }
  const missing = 8 - head.length - tail!.length;
  return missing > 0
    ? { groups: [...head, ...new Array(missing).fill(0), ...tail!] }
    : undefined;
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') {
    return [];
  }
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const ipv4 =
      index === parts.length - 1 && part.includes('.')
        ? parseIpv4(part)
        : undefined;
    if (ipv4) {
      groups.push(...ipv4.groups);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}
