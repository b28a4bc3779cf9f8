import type {
  AccountFreshness,
  LogSourceProgress,
  LogSourceStatus,
} from '@lattice-portal/plugin-lattice-common';
import {
  accountLabel,
  entityLabel,
  formatCount,
  formatDuration,
  formatNumber,
  formatRelative,
  shortArn,
} from '../format';

/** Something the screen cannot show, or shows as it was. */
export interface Shortcoming {
  id: string;
  text: string;
  /** What of `text` is said, without whose it is. */
  state: string;
  /** The error or gaps, in full. */
  detail?: string;
  /** Same for what has the same trouble for the same reason: `6 accounts` can be said of them at once. */
  alike?: { kind: 'account' | 'log'; reason: string; since?: string };
}

/**
 * What is missing or old in what the accounts told.
 *
 * @param now - milliseconds since the epoch
 */
export function describeAccounts(
  accounts: AccountFreshness[],
  now: number,
): Shortcoming[] {
  const found: Shortcoming[] = [];
  for (const account of accounts) {
    const name = accountLabel(account.accountId, account.accountName);
    const id = `${account.accountId}/${account.region}`;
    const reason = account.error
      ? ` (${shortError(account.error.message)})`
      : '';
    if (account.status === 'never-read') {
      const state = account.error ? `not readable${reason}` : 'not read yet';
      found.push({
        id,
        text: `${name}: ${state}`,
        state,
        detail: account.error?.message,
        alike: { kind: 'account', reason: state },
      });
    } else if (account.status === 'stale') {
      const age = account.readAt ? formatRelative(account.readAt, now) : '';
      const state = `as of ${age}${reason}`;
      found.push({
        id,
        text: `${name}: ${state}`,
        state,
        detail: account.error?.message,
        alike: {
          kind: 'account',
          reason: `stale${reason}`,
          since: account.readAt,
        },
      });
    } else if (account.gaps.length) {
      const state = `without ${account.gaps
        .map(gap => shortArn(gap.part))
        .slice(0, 2)
        .join(', ')}${account.gaps.length > 2 ? ', …' : ''}`;
      found.push({
        id,
        text: `${name}: ${state}`,
        state,
        detail: account.gaps
          .map(gap => `${gap.part}: ${gap.reason}`)
          .join('\n'),
      });
    }
  }
  return found;
}

/** Log sources in use that deliver nothing or are far behind, with the reason. */
export function describeSources(
  sources: LogSourceStatus[],
  now: number,
): Shortcoming[] {
  return sources
    .filter(
      ({ status, progress }) =>
        status !== 'ended' && (status !== 'reading' || progress),
    )
    .map(source => {
      const state = describeStatus(source, now);
      const reason = source.error ? shortError(source.error.message) : state;
      return {
        id: source.id,
        text: `${describeDestination(source.id)}: ${state}`,
        state,
        detail: source.error?.message ?? source.id,
        alike: {
          kind: 'log',
          reason: `${source.status} ${reason}`,
          since: source.error?.at,
        },
      };
    });
}

/** What a log source does. */
export function describeStatus(source: LogSourceStatus, now: number): string {
  switch (source.status) {
    case 'failing':
      return source.error
        ? `not readable, last tried ${formatRelative(
            source.error.at,
            now,
          )} (${shortError(source.error.message)})`
        : 'not readable';
    case 'waiting':
      return 'not read yet';
    case 'paused':
      return source.paused
        ? `paused ${formatRelative(source.paused.at, now)} by ${entityLabel(
            source.paused.by,
          )}`
        : 'paused';
    case 'ended':
      return [
        'its subscription is gone',
        source.endedAt && `noticed ${formatRelative(source.endedAt, now)}`,
        describeEnd(source),
      ]
        .filter(Boolean)
        .join(', ');
    case 'reading':
      return source.progress ? describeProgress(source.progress) : 'up to date';
    default:
      return 'not read: the portal does not know this kind of destination';
  }
}

/** How the reading of what was delivered last goes, or that it was given up. Absent: all of it was read. */
function describeEnd(source: LogSourceStatus): string | undefined {
  const { isReadOn, error, progress } = source;
  if (error) {
    return `the end of the log ${
      isReadOn ? 'is not' : 'was never'
    } readable (${shortError(error.message)})`;
  }
  return isReadOn
    ? `the end of the log is still read${
        progress ? `: ${describeProgress(progress)}` : ''
      }`
    : undefined;
}

/** `4 000 of 12 000 files, 20 000 lines/s, 12 min left`. */
function describeProgress(progress: LogSourceProgress): string {
  const { files, linesPerSecond, secondsLeft } = progress;
  return [
    files
      ? `${formatNumber(files.read)} of ${formatCount(files.total, 'file')}`
      : 'catching up',
    `${formatNumber(linesPerSecond)} lines/s`,
    ...(secondsLeft === undefined
      ? []
      : [`${formatDuration(secondsLeft)} left`]),
  ].join(', ');
}

const destinations: Record<string, string> = {
  s3: 'S3 bucket',
  firehose: 'Firehose stream',
  logs: 'log group',
};

/** `S3 bucket lattice-access-logs, sn-0123`, `log group /aws/lattice/company, svc-0123`. */
export function describeDestination(id: string): string {
  const [arn, resource] = id.split(/ (?:(?:Resource)?AccessLogs )?of /);
  const name = arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^(log-group:|deliverystream\/)/, '')
    .replace(/:\*$/, '');
  const kind = destinations[arn.split(':')[2]] ?? 'log';
  const connections = id.includes(' ResourceAccessLogs of ')
    ? ' (connections)'
    : '';
  return `${kind} ${name || arn}${
    resource ? `, ${resource}` : ''
  }${connections}`;
}

/** The cause, without the names of errors and what they were passed on as. */
function shortError(long: string): string {
  const message = long
    .replace(/^.*could be read: /s, '')
    .replace(/^(\w*(Error|Exception): )+/, '');
  return message.length > 60 ? `${message.slice(0, 57)}…` : message;
}
