import type { Listing, ListedObject, ObjectLayout } from './ObjectLayout';

const day = 24 * 60 * 60 * 1000;
const stampInName = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_[^/]*$/;

/**
 * Keys as VPC Lattice makes them: a folder for each day, in it one for each resource, and in the name the
 * minute.
 *
 * @remarks
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html#monitoring-access-logs-destinations
 */
export class VpcLatticeLayout implements ObjectLayout {
  readonly isInOrder = true;
  readonly #base: string;
  readonly #resourceId: string;
  readonly #nameStart: string;

  constructor(options: {
    /** Of the destination, without slashes at its ends. Empty: none. */
    prefix: string;
    /** Of the subscription. */
    accountId: string;
    region: string;
    /** Such as `sn-0123`. */
    resourceId: string;
    kind: 'AccessLogs' | 'ResourceAccessLogs';
  }) {
    const { prefix, accountId, region, resourceId, kind } = options;
    this.#base = [
      ...(prefix ? [prefix] : []),
      `AWSLogs/${accountId}/VpcLattice/${kind}/${region}`,
    ].join('/');
    this.#resourceId = resourceId;
    this.#nameStart = `${accountId}_VpcLattice${kind}_${region}_${resourceId}_`;
  }

  listings(options: { from: number; to: number }): Listing[] {
    const { from, to } = options;
    const listings: Listing[] = [];
    for (let time = from - (from % day); time <= to; time += day) {
      const iso = new Date(time).toISOString();
      const date = iso.slice(0, 10).replaceAll('-', '/');
      const prefix = `${this.#base}/${date}/${this.#resourceId}/`;
      const stamp = new Date(from)
        .toISOString()
        .slice(0, 16)
        .replace(/[-:]/g, '');
      listings.push(
        time < from
          ? { prefix, startAfter: `${prefix}${this.#nameStart}${stamp}` }
          : { prefix },
      );
    }
    return listings;
  }

  accepts(key: string): boolean {
    return !key.endsWith('/');
  }

  timeOf(object: ListedObject): number {
    const match = stampInName.exec(object.key);
    if (!match) {
      return object.lastModified;
    }
    const [, year, month, date, hour, minute] = match.map(Number);
    return Date.UTC(year, month - 1, date, hour, minute);
  }
}
