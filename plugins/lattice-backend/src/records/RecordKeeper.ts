import type {
  AccessLogStore,
  CallScope,
} from '@lattice-portal/access-log-store';
import type { LatticeConfig } from '@lattice-portal/plugin-lattice-node';
import type { AccessRequestStore } from '../database/AccessRequestStore';
import type { DeniedRequestStore } from '../database/DeniedRequestStore';
import { openProofs, type Proof } from '../ingest/openProofs';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/**
 * Keeps the store of all records in shape: few files, and nothing that is older than it has to be kept but
 * what an open access request was proven on. For one process at a time.
 */
export class RecordKeeper {
  static create(options: {
    records: Pick<AccessLogStore, 'compact' | 'deleteBefore'>;
    accessRequests: Pick<AccessRequestStore, 'list'>;
    denied: Pick<DeniedRequestStore, 'get'>;
    retention: Pick<LatticeConfig['accessLogs']['retention'], 'recordDays'>;
    now?: () => number;
  }): RecordKeeper {
    return new RecordKeeper(options);
  }

  private constructor(
    private readonly options: Parameters<typeof RecordKeeper.create>[0],
  ) {}

  async run(options: { signal?: AbortSignal } = {}): Promise<void> {
    const { records, accessRequests, retention } = this.options;
    const { signal } = options;
    const now = this.options.now?.() ?? Date.now();
    const before = now - retention.recordDays * DAY;
    const proofs = await openProofs(accessRequests);
    await records.deleteBefore({
      before,
      keep: (
        await Promise.all(proofs.map(proof => this.#scopesOf(proof, before)))
      ).flat(),
      signal,
    });
    // The hour that is on, too: its many small files are what takes questions longest.
    await records.compact({ before: now + HOUR, signal });
  }

  /** Which of the calls before an instant a request was proven on. */
  async #scopesOf(proof: Proof, before: number): Promise<CallScope[]> {
    const { serviceArn, from, deniedRequestId } = proof;
    const scopes: CallScope[] = [];
    if (from < before) {
      scopes.push({ from, to: before, serviceArns: [serviceArn] });
    }
    const started =
      deniedRequestId === undefined
        ? undefined
        : await this.options.denied.get({ id: deniedRequestId });
    if (started) {
      const { startTime, record } = started;
      scopes.push({
        from: startTime,
        to: startTime + 1,
        serviceArns: [record.serviceArn],
      });
    }
    return scopes;
  }
}
