import type {
  AccountFreshness,
  LogSourceStatus,
} from '@lattice-portal/plugin-lattice-common';
import { accountLabel, formatRelative, shortArn } from '../format';

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

/** Log sources that deliver nothing, with the reason. */
export function describeSources(
  sources: LogSourceStatus[],
  now: number,
): Shortcoming[] {
  return sources
    .filter(source => source.status !== 'reading')
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

function describeStatus(source: LogSourceStatus, now: number): string {
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
    default:
      return `not read, ${
        destinationOf(source.id)?.plural ?? 'such'
      } destinations are not supported yet`;
  }
}

const destinations = [
  { service: 's3', name: 'S3 bucket', plural: 'S3' },
  { service: 'firehose', name: 'Firehose stream', plural: 'Firehose' },
  { service: 'logs', name: 'log group', plural: 'log group' },
];

function destinationOf(arn: string) {
  return destinations.find(({ service }) => arn.split(':')[2] === service);
}

/** `S3 bucket lattice-access-logs`, `log group /aws/lattice/company`. */
function describeDestination(arn: string): string {
  const name = arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^(log-group:|deliverystream\/)/, '')
    .replace(/:\*$/, '');
  return `${destinationOf(arn)?.name ?? 'log'} ${name || arn}`;
}

/** The cause, without the names of errors and what they were passed on as. */
function shortError(long: string): string {
  const message = long
    .replace(/^.*could be read: /s, '')
    .replace(/^(\w*(Error|Exception): )+/, '');
  return message.length > 60 ? `${message.slice(0, 57)}…` : message;
}
