import { FALSE, UNKNOWN, truthOf } from '../match/Truth';
import { ValueTest, ValueTestOptions } from './ValueTest';

/**
 * `BinaryEquals`: the policy's base64 text against the request's bytes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
export function binaryTest({ text }: ValueTestOptions): ValueTest {
  const wanted = decode(text);
  return (value, _context, notes) => {
    if (wanted === undefined) {
      return FALSE;
    }
    if (typeof value !== 'string') {
      return UNKNOWN;
    }
    if (value === text) {
      notes?.push(
        'open rule, whether a text that is base64 itself counts as its bytes is not documented',
      );
      return UNKNOWN;
    }
    return truthOf(wanted === bytesOf(value));
  };
}

/** Bytes as a string of characters up to U+00FF. */
function decode(base64: string): string | undefined {
  try {
    return atob(base64);
  } catch {
    return undefined;
  }
}

function bytesOf(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map(byte => String.fromCharCode(byte))
    .join('');
}
