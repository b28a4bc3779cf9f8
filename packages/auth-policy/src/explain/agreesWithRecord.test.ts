import { LayerResult, Verdict, VerdictOutcome } from '../types';
import { RecordedDecision, agreesWithRecord } from './agreesWithRecord';

const LAYERS = ['network', 'service', 'identity'] as const;

function verdict(outcome: VerdictOutcome, ...results: LayerResult[]): Verdict {
  return {
    outcome,
    layers: results.map((result, index) => ({
      layer: LAYERS[index],
      result,
      nearest: [],
      unknown: result === 'unknown' ? ['headers'] : [],
      message: '',
    })),
  };
}

const allowed = verdict('allowed', 'allowed', 'allowed', 'allowed');
const denied = verdict('denied', 'allowed', 'implicitly-denied', 'unknown');
const open = verdict('unknown', 'not-enforced', 'unknown', 'allowed');

const ACCEPTED: RecordedDecision = { allowed: true };
function refused(
  authDeniedReason?: RecordedDecision['authDeniedReason'],
): RecordedDecision {
  return { allowed: false, authDeniedReason };
}

describe('agreesWithRecord', () => {
  it.each<[string, Verdict, RecordedDecision, boolean | 'open']>([
    ['both allow', allowed, ACCEPTED, true],
    ['allowed, but the policies deny', denied, ACCEPTED, false],
    ['allowed, which the policies leave open', open, ACCEPTED, 'open'],
    ['the named layer denies', denied, refused('Service'), true],
    ['the named layer is open', denied, refused('Identity'), 'open'],
    ['the named layer allows', denied, refused('Network'), false],
    ['the named layer is not enforced', open, refused('Network'), false],
    ['denied, but all allow', allowed, refused('Identity'), false],
    ['denied without a reason, and the policies deny', denied, refused(), true],
    ['denied without a reason, which is open', open, refused(), 'open'],
    ['denied without a reason, but all allow', allowed, refused(), false],
  ])('%s', (_what, given, recorded, expected) => {
    const { agrees, explanation, mayBe } = agreesWithRecord(given, recorded);

    expect(agrees).toBe(expected);
    expect(mayBe.length > 0).toBe(expected === false);
    expect(explanation).toMatch(/^The .*\.$/);
  });
});
