import {
  type EstateGap,
  type EstateSnapshot,
  toOwnerRef,
} from '@lattice-portal/plugin-lattice-common';
import type { LatticeAccount } from '@lattice-portal/plugin-lattice-node';
import type { StoredEstate } from '../database/EstateStore';
import { isoOf, optionalIsoOf } from '../database/sql';

/**
 * What the portal has of one account and region, and how current it is.
 *
 * @param options - `now` and `staleAfter` in milliseconds
 */
export function snapshotOf(options: {
  account: LatticeAccount;
  region: string;
  stored: StoredEstate | undefined;
  now: number;
  staleAfter: number;
}): EstateSnapshot {
  const { account, region, stored } = options;
  const kept = oldestKept(stored);
  return {
    accountId: account.accountId,
    accountName: account.name,
    region,
    owner: toOwnerRef(account.owner),
    status: statusOf(options),
    readAt: kept?.keptFrom ?? optionalIsoOf(stored?.readAt),
    error: errorOf(stored),
    gaps: stored?.estate?.gaps ?? [],
    estate: stored?.estate,
  };
}

function statusOf(options: {
  stored: StoredEstate | undefined;
  now: number;
  staleAfter: number;
}): EstateSnapshot['status'] {
  const { stored, now, staleAfter } = options;
  if (!stored?.estate || stored.readAt === undefined) {
    return 'never-read';
  }
  return stored.error || oldestKept(stored) || now - stored.readAt > staleAfter
    ? 'stale'
    : 'fresh';
}

function errorOf(stored: StoredEstate | undefined): EstateSnapshot['error'] {
  if (stored?.error) {
    const { message, at } = stored.error;
    return { message, at: isoOf(at) };
  }
  const kept = oldestKept(stored);
  return kept && stored?.readAt !== undefined
    ? { message: `${kept.part}: ${kept.reason}`, at: isoOf(stored.readAt) }
    : undefined;
}

/** The gap that is filled with the oldest part. */
function oldestKept(stored: StoredEstate | undefined): EstateGap | undefined {
  return (stored?.estate?.gaps ?? [])
    .filter(({ keptFrom }) => keptFrom !== undefined)
    .reduce<EstateGap | undefined>(
      (oldest, gap) =>
        oldest && oldest.keptFrom! <= gap.keptFrom! ? oldest : gap,
      undefined,
    );
}
