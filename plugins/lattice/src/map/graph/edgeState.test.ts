import {
  emptyOutcomeCounts,
  type OutcomeCounts,
} from '@lattice-portal/plugin-lattice-common';
import { edgeState, openTroubles, type EdgeFacts } from './edgeState';

const now = Date.parse('2026-11-22T12:00:00Z');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

function edge(
  counts: Partial<OutcomeCounts>,
  last: { allowed?: number; denied?: number },
  rest: Partial<EdgeFacts> = {},
): EdgeFacts {
  return {
    counts: { ...emptyOutcomeCounts(), ...counts },
    lastOutcome: 'allowed',
    firstSeen: ago(3600),
    lastAllowed: last.allowed === undefined ? undefined : ago(last.allowed),
    lastDenied: last.denied === undefined ? undefined : ago(last.denied),
    ...rest,
  };
}

describe('edgeState', () => {
  const denied = { 'denied-by-service': 416 };
  const before = (outcome: string, count: number, seconds: number) => ({
    outcome,
    count,
    until: ago(seconds),
  });

  it.each<[string, EdgeFacts, unknown, string[]]>([
    ['no calls', edge({}, {}), { outcome: undefined }, []],
    [
      'denied all along',
      edge(denied, { denied: 1 }),
      { outcome: 'denied-by-service' },
      ['denied-by-service'],
    ],
    [
      'denied since it last worked yesterday',
      edge(denied, { denied: 1, allowed: 86_400 }),
      { outcome: 'denied-by-service' },
      ['denied-by-service'],
    ],
    [
      'denied until 3 min ago, works since',
      edge({ ...denied, allowed: 12 }, { denied: 180, allowed: 2 }),
      { outcome: 'allowed', before: before('denied', 416, 180) },
      [],
    ],
    [
      'works since, and now fails at times',
      edge({ ...denied, failed: 2 }, { denied: 180, allowed: 2 }),
      { outcome: 'allowed', before: before('denied', 416, 180) },
      ['failed'],
    ],
    [
      'works for exactly a minute: too early to say',
      edge({ ...denied, allowed: 12 }, { denied: 62, allowed: 2 }),
      { outcome: 'denied-by-service' },
      ['denied-by-service'],
    ],
    [
      'a back end that does not tell the last denial',
      edge({ ...denied, allowed: 12 }, { allowed: 2 }),
      { outcome: 'denied-by-service' },
      ['denied-by-service'],
    ],
    [
      'allowed until 5 min ago, denied since',
      edge(
        { allowed: 900, 'denied-by-network': 3, 'denied-by-service': 20 },
        { denied: 2, allowed: 300 },
        { lastOutcome: 'denied-by-service' },
      ),
      { outcome: 'denied-by-service', before: before('allowed', 900, 300) },
      ['denied-by-network', 'denied-by-service'],
    ],
    [
      'mostly allowed, denied on and off',
      edge(
        { allowed: 900, 'denied-by-service': 12 },
        { denied: 240, allowed: 1 },
      ),
      { outcome: 'allowed' },
      ['denied-by-service'],
    ],
    [
      'mostly allowed, and long since no longer denied',
      edge(
        { allowed: 900, 'denied-by-service': 416 },
        { denied: 1800, allowed: 1 },
      ),
      { outcome: 'allowed' },
      [],
    ],
    [
      'mostly failed: denials and allowed calls say nothing of it',
      edge(
        { failed: 9, 'denied-by-service': 1, allowed: 1 },
        { denied: 1, allowed: 300 },
      ),
      { outcome: 'failed' },
      ['denied-by-service', 'failed'],
    ],
  ])('%s', (_, facts, state, open) => {
    expect(edgeState(facts)).toEqual(state);
    expect(openTroubles(facts)).toEqual(open);
  });
});
