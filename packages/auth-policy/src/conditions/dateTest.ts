import { UNKNOWN, truthOf } from '../match/Truth';
import { ValueTest, ValueTestOptions } from './ValueTest';
import { Order, inOrder } from './numericTest';
import { unparsed } from './unparsed';

type Time =
  | { kind: 'known'; milliseconds: number }
  /** A form that W3C's ISO 8601 profile has but AWS doesn't explain. */
  | { kind: 'open' };

const FULL =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const SHORT = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?)?)?$/;

/**
 * The `Date…` operators: ISO 8601 with zone, or seconds since the epoch.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function dateTest(
  options: ValueTestOptions & { order: Order },
): ValueTest {
  const { text, negated, order } = options;
  const wanted = parseTime(text);
  return (value, _context, notes) => {
    if (!wanted) {
      return unparsed({ value: text, what: 'date', negated, notes });
    }
    if (typeof value !== 'string') {
      return UNKNOWN;
    }
    const got = parseValue(value);
    if (!got) {
      return unparsed({ value, what: 'date', negated, notes });
    }
    if (got.kind === 'open' || wanted.kind === 'open') {
      notes?.push(
        `open rule, what the date "${
          wanted.kind === 'open' ? text : value
        }" means exactly is not documented`,
      );
      return UNKNOWN;
    }
    return truthOf(
      inOrder({ left: got.milliseconds, order, right: wanted.milliseconds }),
    );
  };
}

let lastValue: string | undefined;
let lastTime: Time | undefined;

/** One request's time is held against many dates in a row. */
function parseValue(text: string): Time | undefined {
  if (text !== lastValue) {
    lastTime = parseTime(text);
    lastValue = text;
  }
  return lastTime;
}

function parseTime(text: string): Time | undefined {
  const [, year, month, day] = FULL.exec(text) ?? [];
  if (year) {
    const milliseconds = Date.parse(text);
    // Date.parse takes the 30th of February for the 2nd of March.
    const days = new Date(
      Date.UTC(Number(year), Number(month), 0),
    ).getUTCDate();
    return Number.isNaN(milliseconds) || Number(day) > days
      ? undefined
      : { kind: 'known', milliseconds };
  }
  if (SHORT.test(text)) {
    return { kind: 'open' };
  }
  if (!/^\d+$/.test(text)) {
    return undefined;
  }
  // Twelve digits are seconds of the year 5138: milliseconds may be meant.
  return text.length < 12
    ? { kind: 'known', milliseconds: Number(text) * 1000 }
    : { kind: 'open' };
}
