import type { EstateSnapshot } from '@lattice-portal/plugin-lattice-common';

/** Parts of an account that access-log subscriptions are found in. */
const partsWithSubscriptions =
  /^(accessLogSubscriptions|serviceNetworks|services|resourceConfigurations)\b/;

/** Whether all access-log subscriptions of an account are known, at least from an earlier read. */
export function knowsSubscriptions({
  estate,
}: Pick<EstateSnapshot, 'estate'>): boolean {
  return (
    estate !== undefined &&
    estate.gaps.every(
      ({ part, keptFrom }) =>
        keptFrom !== undefined || !partsWithSubscriptions.test(part),
    )
  );
}
