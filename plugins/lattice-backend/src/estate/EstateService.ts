import type { EstateIndex } from './EstateIndex';

/**
 * The portal's copy of what the AWS accounts hold.
 */
export interface EstateService {
  /** Reads all accounts and regions. One that fails keeps its last good copy and stops no other. */
  refreshAll(options?: { signal?: AbortSignal }): Promise<void>;
  /** Reads one account and region. Never throws: the failure is kept with the copy. */
  refresh(options: {
    accountId: string;
    region: string;
    signal?: AbortSignal;
  }): Promise<void>;
  /** The copy as it is now. */
  current(): Promise<EstateIndex>;
}
