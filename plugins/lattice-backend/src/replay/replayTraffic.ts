import { setImmediate } from 'node:timers/promises';
import {
  CallerCache,
  pathWordsOf,
  readAhead,
  type ReadKeys,
  readKeysOf,
} from '@lattice-portal/access-logs';
import type {
  AccessLogStore,
  CallScope,
  CallShape,
  ShapeField,
  StoreGap,
} from '@lattice-portal/access-log-store';
import { parsePolicy, type Policy } from '@lattice-portal/auth-policy';
import type { EstateIndex } from '../estate/EstateIndex';
import type { PolicyLookup } from '../policies/PolicyLookup';
import type { ServiceCalls } from '../calls/CallsByService';
import { ChangeDecider } from './ChangeDecider';
import type { UnlistedGroups } from './chooseListed';
import { cutWindow } from './cutWindow';
import { joinGaps } from './joinGaps';
import type { PolicyChange } from './PolicyChange';
import { refusedOutcomes } from './RecordedCall';
import type { StoredReplayGroup } from './ReplayGroups';
import { ReplayTally, type ServiceReplayCounts } from './ReplayTally';

const HOUR = 60 * 60 * 1000;
/** How long others wait at most. */
const SLICE_MILLISECONDS = 20;
const SHAPES_BETWEEN_LOOKS = 256;
/** The window is asked for in so many parts, for progress, and so that no answer becomes too large. */
const PARTS = 24;
/** One is answered while calls are decided that another found. */
const QUESTIONS_AT_ONCE = 2;
/** Into so many ranges of services a window is cut that has one part only. */
const RANGES = 6;
/** Fewer services are not worth cutting. */
const SERVICES_A_RANGE = 10;
/** Calls of one kind come at all hours: the fewer parts there are, the fewer kinds are looked at again. */
const HOURS_A_PART = 24;

/** What identity-based policies may read beside what all calls are told apart by. */
const IDENTITY_FIELDS: readonly ShapeField[] = [
  'sourceVpcArn',
  'callerPrincipalOrgId',
  'callerPrincipalTags',
];

/** How far a replay is. */
export interface ReplayProgress {
  /** Of the work, as hours of the window: it is not done hour by hour. */
  hoursDone: number;
  hours: number;
  calls: number;
}

/** What a replay found, for all viewers. */
export interface StoredReplayResult {
  calls: number;
  services: ServiceReplayCounts[];
  groups: StoredReplayGroup[];
  /** Absent in results of before unchanged calls were grouped. */
  unlisted?: UnlistedGroups[];
  gaps: StoreGap[];
  /**
   * Calls that are not decided: over which network they went is not on record, and a network's policy
   * changes. Absent in results of before they were counted.
   */
  networkUnknown?: ServiceCalls[];
}

/**
 * Decides all recorded calls that a change could touch, by the policies before and after it.
 *
 * @param options - `window` in milliseconds since the epoch; `onProgress`: told from time to time
 * @throws the signal's reason when it is aborted, and what the store throws
 */
export async function replayTraffic(options: {
  changes: readonly PolicyChange[];
  window: { from: number; to: number };
  records: Pick<AccessLogStore, 'callShapes'>;
  index: EstateIndex;
  policies: Pick<PolicyLookup, 'now' | 'identityOf'>;
  now: number;
  signal: AbortSignal;
  onProgress?: (progress: ReplayProgress) => void;
}): Promise<StoredReplayResult> {
  const { changes, window, records, index, signal } = options;
  const decider = ChangeDecider.create(options);
  const callers = new CallerCache();
  const tally = new ReplayTally();
  const gaps: StoreGap[] = [];
  const policies = policiesOf(changes, index);
  const fields = fieldsFor(readKeysOf(policies));
  const words = pathWordsOf(policies);
  const scopes = scopesOf(changes);
  const hours = Math.ceil((window.to - window.from) / HOUR);
  const parts = cutWindow(window, { parts: PARTS, shortest: HOURS_A_PART });
  const rangesOf = ({ scope, use }: Scope) =>
    // There are to be several questions: one is answered while calls are decided that another found.
    parts.length === 1 && use === 'decide' && !scope.serviceArns
      ? serviceRanges(index)
      : [undefined];
  const questions = parts.flatMap(part =>
    scopes.flatMap(scope =>
      rangesOf(scope).map(serviceRange => ({
        ...scope,
        part,
        scope: { ...scope.scope, serviceRange },
      })),
    ),
  );
  let questionsDone = 0;
  const shareDone = () => questionsDone / Math.max(1, questions.length);
  const tell = () =>
    options.onProgress?.({
      hoursDone: Math.floor(hours * shareDone()),
      hours,
      calls: tally.calls,
    });
  let sliceStart = performance.now();
  let looked = 0;
  const pause = async () => {
    tell();
    await setImmediate();
    signal.throwIfAborted();
    sliceStart = performance.now();
  };
  async function* shapesOf(
    question: (typeof questions)[number],
  ): AsyncGenerator<FoundShapes> {
    signal.throwIfAborted();
    const { part, scope, use } = question;
    const answer = await records.callShapes({
      ...part,
      ...scope,
      ...(use === 'decide'
        ? {
            fields,
            paths: words && { words },
            // The identity-based policies of a refused caller may read more.
            wholeFor: { outcomes: refusedOutcomes, fields: IDENTITY_FIELDS },
          }
        : { fields: [] }),
      signal,
    });
    for await (const batch of answer.batches) {
      yield { batch, question };
    }
    yield { batch: [], question, gapsInAll: answer.gaps };
  }
  tell();
  for await (const { batch, question, gapsInAll } of readAhead({
    things: questions,
    count: QUESTIONS_AT_ONCE,
    // A store has room for some questions only. One that waits here to be looked at must not have the room that
    // the one before it waits for.
    oneByOne: true,
    read: shapesOf,
  })) {
    for (const shape of batch) {
      if (question.includes(shape) && question.use === 'leave out') {
        const { record, count } = shape;
        tally.leftOut.add({ serviceArn: record.serviceArn, calls: count });
      } else if (question.includes(shape)) {
        const { record, outcome, count, firstSeen, lastSeen } = shape;
        const caller = callers.callerOf(record);
        const call = { record, outcome, count, firstSeen, lastSeen, caller };
        const verdict = decider.decide(call);
        tally.add(call, verdict instanceof Promise ? await verdict : verdict);
      }
      looked++;
      if (
        looked % SHAPES_BETWEEN_LOOKS === 0 &&
        performance.now() - sliceStart > SLICE_MILLISECONDS
      ) {
        await pause();
      }
    }
    if (gapsInAll) {
      if (question.use === 'decide') {
        gaps.push(...gapsInAll);
      }
      questionsDone++;
      await pause();
    }
  }
  return {
    calls: tally.calls,
    services: tally.services(),
    ...tally.groups(),
    gaps: joinGaps(gaps),
    networkUnknown: tally.leftOut.list(),
  };
}

/** Some of what a question finds. */
interface FoundShapes {
  batch: readonly CallShape[];
  question: Pick<Scope, 'includes' | 'use'>;
  /** With the last of it: what the answer has not. */
  gapsInAll?: StoreGap[];
}

/** Ranges that all services are in, each in one. */
function serviceRanges({ services }: EstateIndex): CallScope['serviceRange'][] {
  const size = Math.max(SERVICES_A_RANGE, Math.ceil(services.size / RANGES));
  const arns = [...services.keys()].sort((one, other) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
  const bounds = arns.filter((_, index) => index > 0 && index % size === 0);
  return [undefined, ...bounds].map((from, index) => ({
    from,
    before: bounds[index],
  }));
}

interface Scope {
  scope: Pick<CallScope, 'serviceArns' | 'serviceNetworkArns'>;
  includes(shape: CallShape): boolean;
  use: 'decide' | 'leave out';
}

/**
 * All calls over the networks that change, and those to the services that change; each once. Beside them the
 * calls that may have gone over a network that changes, for all that is on record.
 */
function scopesOf(changes: readonly PolicyChange[]): Scope[] {
  const arnsOf = (wanted: PolicyChange['layer']) =>
    changes
      .filter(({ layer }) => layer === wanted)
      .map(({ resourceArn }) => resourceArn);
  const [networks, services] = [arnsOf('network'), arnsOf('service')];
  return [
    ...(networks.length > 0
      ? [
          {
            scope: { serviceNetworkArns: networks },
            includes: () => true,
            use: 'decide' as const,
          },
          {
            scope: { serviceNetworkArns: [undefined] },
            includes: ({ record }: CallShape) =>
              !services.includes(record.serviceArn),
            use: 'leave out' as const,
          },
        ]
      : []),
    ...(services.length > 0
      ? [
          {
            scope: { serviceArns: services },
            includes: ({ record }: CallShape) =>
              !networks.includes(record.serviceNetworkArn ?? ''),
            use: 'decide' as const,
          },
        ]
      : []),
  ];
}

/** All that a call may be held against but identity-based policies. */
function policiesOf(
  changes: readonly PolicyChange[],
  index: EstateIndex,
): Policy[] {
  const documents = [
    ...changes.flatMap(({ before, after }) => [before, after]),
    ...[...index.services.values(), ...index.serviceNetworks.values()].map(
      ({ authPolicy }) =>
        authPolicy.status === 'read' ? authPolicy.document : undefined,
    ),
  ];
  return documents.flatMap(document => {
    const result = document === undefined ? undefined : parsePolicy(document);
    return result?.ok ? [result.policy] : [];
  });
}

/** What tells calls apart beside what `callShapes` always tells: only what an auth policy reads, or a viewer. */
function fieldsFor(keys: ReadKeys): ShapeField[] {
  return [
    ...(keys.session ? (['principal'] as const) : []),
    'requestMethod',
    'requestPath',
    'serviceNetworkArn',
    'sourceVpcId',
    ...(keys.vpcOwner ? (['sourceVpcArn'] as const) : []),
    ...(keys.organization ? (['callerPrincipalOrgId'] as const) : []),
    ...(keys.tags ? (['callerPrincipalTags'] as const) : []),
  ];
}
