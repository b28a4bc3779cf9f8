import { CallFolder } from '@lattice-portal/access-logs';
import {
  compilePolicy,
  type CompiledPolicy,
  decide,
  decideOutcome,
  type OpenRequest,
  parsePolicy,
  type Policy,
  type PolicyDocument,
  type PolicyStatement,
  type Statement,
} from '@lattice-portal/auth-policy';
import { toOpenRequest } from '../policies/toAuthorizationRequest';
import type { EstateIndex } from '../estate/EstateIndex';
import {
  refusingLayer,
  type RecordedCall,
  wasLetThrough,
} from '../replay/RecordedCall';
import { OPEN_IDENTITY } from '../replay/StatementProbe';

const MAX_MATCHES = 50_000;
const SECOND = 1000;
const EVERYBODY: PolicyStatement = {
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
};
const TIME_KEY = /^aws:(currenttime|epochtime)$/i;
const TIME_VARIABLE = /\$\{aws:(currenttime|epochtime)\b/i;
const SPAN_REASON = 'when exactly the call was made';

/** Which statement decided a call, by its position in the document. */
export interface StatementMatch {
  decided?: number;
  /** Statements that may have decided it. */
  possible: { index: number; reasons: string[] }[];
}

/** A recorded call, or several that differ in nothing but time. */
export interface TimedCall extends RecordedCall {
  /** Milliseconds since the epoch. */
  firstSeen: number;
  /** Milliseconds since the epoch. */
  lastSeen: number;
}

interface Probe {
  index: number;
  effect: 'Allow' | 'Deny';
  policy: CompiledPolicy;
  /**
   * When the statement may change its mind by itself, in milliseconds: it says the same from one to just before
   * the next. Empty: never.
   */
  turns: number[];
  /** Whether it may change its mind at any time. */
  isRestless: boolean;
}

const NOTHING: StatementMatch = { possible: [] };

/**
 * Tells which statement of an auth policy decided a recorded call. Calls that the policy can't tell apart
 * are looked at once.
 *
 * @remarks
 * The record says what was decided, the statements which of them it can have been: of a call that got
 * through the first allow statement that matches it, unless a deny statement matches it by now; of a call
 * that this policy refused the first deny statement that matches it.
 */
export class StatementMatcher {
  readonly #matches = new Map<string, StatementMatch>();
  readonly #folders = new Map<string, CallFolder>();

  /** Undefined: the document is no valid auth policy. */
  static create(options: {
    layer: 'network' | 'service';
    document: string;
    index: EstateIndex;
  }): StatementMatcher | undefined {
    const parsed = parsePolicy(options.document);
    if (!parsed.ok) {
      return undefined;
    }
    const { Version, Statement } = JSON.parse(
      options.document,
    ) as PolicyDocument;
    const statements = Array.isArray(Statement) ? Statement : [Statement];
    return new StatementMatcher(
      options,
      parsed.policy,
      statements.map((statement, index) => ({
        index,
        effect: statement.Effect,
        policy: compilePolicy({
          Version,
          Statement:
            statement.Effect === 'Allow' ? [statement] : [EVERYBODY, statement],
        }),
        turns: turnsOf(parsed.policy.statements[index]),
        isRestless: TIME_VARIABLE.test(JSON.stringify(statement)),
      })),
    );
  }

  private constructor(
    private readonly options: {
      layer: 'network' | 'service';
      index: EstateIndex;
    },
    private readonly policy: Policy,
    private readonly probes: readonly Probe[],
  ) {}

  match(call: TimedCall): StatementMatch {
    const { outcome } = call;
    const isAllowed = wasLetThrough(outcome);
    if (!isAllowed && refusingLayer(outcome) !== this.options.layer) {
      return NOTHING;
    }
    const folder = this.#folderFor(call.record.serviceArn);
    const key = `${isAllowed} ${call.record.serviceArn} ${folder.callerOf(
      call.caller,
    )} ${folder.shapeOf(call.record)}`;
    // Calls of one shape may span the time at which a statement changes its mind.
    if (
      this.probes.some(
        ({ turns, isRestless }) => isRestless || turns.length > 0,
      )
    ) {
      return this.#matchAlone(call, isAllowed);
    }
    let match = this.#matches.get(key);
    if (!match) {
      match = this.#matchAlone(call, isAllowed);
      if (this.#matches.size >= MAX_MATCHES) {
        this.#matches.clear();
      }
      this.#matches.set(key, match);
    }
    return match;
  }

  #matchAlone(call: TimedCall, isAllowed: boolean): StatementMatch {
    const { record } = call;
    const request = toOpenRequest({ record, index: this.options.index });
    const ofEffect = (effect: string) =>
      this.probes.filter(probe => probe.effect === effect);
    const candidates = ofEffect(isAllowed ? 'Allow' : 'Deny');
    const resultOf = (probe: Probe) => matchesAll(request, call, probe);
    if (
      isAllowed &&
      ofEffect('Deny').some(probe => resultOf(probe) === 'yes')
    ) {
      return NOTHING;
    }
    return {
      decided: candidates.find(probe => resultOf(probe) === 'yes')?.index,
      possible: candidates
        .filter(probe => resultOf(probe) === 'unknown')
        .map(probe => ({
          index: probe.index,
          reasons: reasonsOf(request, probe),
        })),
    };
  }

  #folderFor(serviceArn: string): CallFolder {
    let folder = this.#folders.get(serviceArn);
    if (!folder) {
      folder = CallFolder.create({ serviceArn, policies: [this.policy] });
      this.#folders.set(serviceArn, folder);
    }
    return folder;
  }
}

function optionsFor(request: OpenRequest, { policy }: Probe) {
  return {
    request,
    network: { authType: 'NONE' as const },
    service: { authType: 'AWS_IAM' as const, policy },
    identity: OPEN_IDENTITY,
  };
}

/** Whether a statement, taken by itself, matches all calls of a span of time; unknown if only some. */
function matchesAll(
  request: OpenRequest,
  { firstSeen, lastSeen }: TimedCall,
  probe: Probe,
): 'yes' | 'no' | 'unknown' {
  if (probe.isRestless && firstSeen < lastSeen) {
    return 'unknown';
  }
  const turns = probe.turns.filter(
    turn => turn > firstSeen && turn <= lastSeen,
  );
  if (turns.length === 0) {
    return matches(request, probe);
  }
  const results = new Set(
    [firstSeen, ...turns].map(time => matches({ ...request, time }, probe)),
  );
  const [only] = results;
  return results.size === 1 ? only : 'unknown';
}

/** Whether a statement, taken by itself, matches a call. */
function matches(request: OpenRequest, probe: Probe): 'yes' | 'no' | 'unknown' {
  const outcome = decideOutcome(optionsFor(request, probe));
  if (outcome === 'unknown') {
    return outcome;
  }
  return (outcome === 'allowed') === (probe.effect === 'Allow') ? 'yes' : 'no';
}

function reasonsOf(request: OpenRequest, probe: Probe): string[] {
  const { layers } = decide(optionsFor(request, probe));
  const reasons = new Set(layers.flatMap(({ unknown }) => unknown));
  return reasons.size > 0 ? [...reasons] : [SPAN_REASON];
}

function turnsOf({ conditions = [] }: Statement): number[] {
  return conditions
    .filter(({ key }) => TIME_KEY.test(key))
    .flatMap(({ values }) => values.map(({ text }) => instantOf(text)))
    .filter(Number.isFinite)
    .flatMap(instant => {
      const second = Math.floor(instant / SECOND) * SECOND;
      // `<` and `>=` turn at the instant, `<=` and `>` behind it. One of the keys has whole seconds.
      return [instant, instant + 1, second, second + SECOND];
    });
}

/** A time as policies write it, in milliseconds; NaN for what is none, so that nothing turns by it. */
function instantOf(text: string): number {
  const seconds = Number(text);
  return Number.isFinite(seconds) ? seconds * SECOND : Date.parse(text);
}
