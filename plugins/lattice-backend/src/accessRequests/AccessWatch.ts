import type { RecordedCall } from '@lattice-portal/access-logs';
import { parseArn } from '@lattice-portal/plugin-lattice-common';

/**
 * Calls to look out for: those an applied access request is about.
 */
export interface AccessWatch {
  requestId: string;
  /** Milliseconds since the epoch: only calls from then on count. */
  since: number;
  callerId: string;
  serviceArn: string;
  /** Empty: all. */
  methods: string[];
  /** Path patterns with `*`. */
  paths: string[];
}

/**
 * What the logs say of a watch.
 */
export interface AccessEvidence {
  requestId: string;
  /** `passed`: VPC Lattice let the call through, whatever the target said. */
  kind: 'passed' | 'denied';
  count: number;
  /** Milliseconds since the epoch. */
  firstSeen: number;
  lastSeen: number;
  /** One of the calls, such as `GET /items/1`. */
  example: string;
}

/**
 * Finds the calls that were looked out for.
 */
export function evidenceOf(
  calls: RecordedCall[],
  watches: AccessWatch[],
): AccessEvidence[] {
  const evidence = new Map<string, AccessEvidence>();
  for (const watch of watches) {
    const isWatched = matcherOf(watch);
    for (const call of calls) {
      const kind = kindOf(call);
      if (kind && isWatched(call)) {
        add(evidence, watch.requestId, kind, call);
      }
    }
  }
  return [...evidence.values()];
}

/**
 * Whether a path fits a pattern with `*`, which also spans slashes as in a policy's `Resource`.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const escaped = pattern
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${escaped}$`, 's').test(path);
}

function matcherOf(watch: AccessWatch): (call: RecordedCall) => boolean {
  const { since, callerId, serviceArn, methods, paths } = watch;
  // The log has whole seconds: a call right after the change may seem to come before it.
  const from = since - (since % 1000);
  return ({ record, caller }) =>
    record.timestamp >= from &&
    record.serviceArn === serviceArn &&
    isSameCaller(caller.id, callerId) &&
    (methods.length === 0 ||
      methods.includes(record.requestMethod ?? '') ||
      methods.includes('*')) &&
    paths.some(pattern => matchesPath(pattern, record.requestPath ?? '/'));
}

function isSameCaller(recorded: string, asked: string): boolean {
  if (recorded === asked) {
    return true;
  }
  // A request may name a role with its path; the log never has it.
  const [left, right] = [parseArn(recorded), parseArn(asked)];
  return (
    left !== undefined &&
    right !== undefined &&
    left.accountId === right.accountId &&
    left.resource === right.resource.replace(/^role\/.*\//, 'role/')
  );
}

function kindOf(call: RecordedCall): AccessEvidence['kind'] | undefined {
  switch (call.outcome) {
    case 'allowed':
    case 'target-refused':
      return 'passed';
    case 'failed':
      return undefined;
    default:
      return 'denied';
  }
}

function add(
  evidence: Map<string, AccessEvidence>,
  requestId: string,
  kind: AccessEvidence['kind'],
  { record }: RecordedCall,
): void {
  const key = `${requestId}/${kind}`;
  const before = evidence.get(key);
  evidence.set(key, {
    requestId,
    kind,
    count: (before?.count ?? 0) + 1,
    firstSeen: Math.min(before?.firstSeen ?? Infinity, record.timestamp),
    lastSeen: Math.max(before?.lastSeen ?? 0, record.timestamp),
    example: `${record.requestMethod ?? ''} ${
      record.requestPath ?? '/'
    }`.trim(),
  });
}
