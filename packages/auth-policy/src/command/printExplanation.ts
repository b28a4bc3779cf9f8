import {
  DecideOptions,
  LayerVerdict,
  StatementReference,
  Verdict,
} from '../types';
import { Paint } from './Paint';
import { describeRequest } from './describeRequest';

const MOST_MISSES = 3;

const MARKS = {
  good: ['green', '✓'],
  bad: ['red', '✗'],
  open: ['yellow', '?'],
  none: ['gray', '-'],
} as const;

/** A verdict for people, a line each. */
export function printExplanation(options: {
  request: DecideOptions['request'];
  verdict: Verdict;
  paint: Paint;
}): string[] {
  const { request, verdict, paint } = options;
  const [color] = MARKS[markOf(verdict.outcome)];
  return [
    `${paint(
      ['bold', color],
      verdict.outcome.toUpperCase(),
    )}  ${describeRequest(request)}`,
    ...verdict.layers.flatMap(row => printRow(row.layer, row, paint)),
    ...(verdict.limits ?? []).flatMap(row => printRow(row.limit, row, paint)),
  ];
}

function markOf(result: string): keyof typeof MARKS {
  switch (result) {
    case 'allowed':
      return 'good';
    case 'unknown':
      return 'open';
    case 'not-enforced':
    case 'not-applicable':
      return 'none';
    default:
      return 'bad';
  }
}

function printRow(
  name: string,
  verdict: Omit<LayerVerdict, 'layer'>,
  paint: Paint,
): string[] {
  const { result, message, statement, nearest, unknown } = verdict;
  const [color, mark] = MARKS[markOf(result)];
  const lines = [
    '',
    `${paint(color, mark)} ${paint('bold', name.padEnd(8))} ${message}`,
  ];
  if (statement) {
    lines.push(`  decided by statement ${nameOf(statement)}`);
  }
  for (const reason of unknown) {
    lines.push(`  ${paint('yellow', 'hangs on')} ${reason}`);
  }
  for (const miss of nearest.slice(0, MOST_MISSES)) {
    lines.push(`  statement ${nameOf(miss)} would allow it, but`);
    for (const { element, key, message: reason } of miss.failed) {
      const failing = key === undefined ? element : `${element} ${key}`;
      lines.push(`    ${paint('red', failing)}: ${reason}`);
    }
  }
  if (nearest.length > MOST_MISSES) {
    lines.push(
      paint('gray', `  and ${nearest.length - MOST_MISSES} more statements`),
    );
  }
  return lines;
}

function nameOf({ index, sid, policyIndex }: StatementReference): string {
  const place = policyIndex === undefined ? '' : ` of policy ${policyIndex}`;
  return sid === undefined ? `${index}${place}` : `${sid} (${index}${place})`;
}
