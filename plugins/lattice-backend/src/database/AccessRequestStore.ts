import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { AccessRequest } from '@lattice-portal/plugin-lattice-common';
import type { AccessRequestPermissionQuery } from '@lattice-portal/plugin-lattice-node';
import type {
  AccessEvidence,
  AccessWatch,
} from '../accessRequests/AccessWatch';

/** An access request as it is kept: what a viewer may do depends on the viewer. */
export type AccessRequestRecord = Omit<AccessRequest, 'permitted'>;

/** Who has to do with a request. All entity references. */
export interface AccessRequestParties {
  askers: string[];
  approvers: string[];
}

/** A request with the version an update has to name. */
export interface StoredAccessRequest {
  request: AccessRequestRecord;
  version: number;
}

/**
 * Keeps access requests.
 */
export interface AccessRequestStore {
  create(options: {
    request: AccessRequestRecord;
    parties: AccessRequestParties;
  }): Promise<StoredAccessRequest>;
  /**
   * Replaces a request.
   *
   * @throws ConflictError when somebody else changed it since it was read
   */
  update(options: {
    stored: StoredAccessRequest;
    request: AccessRequestRecord;
    parties: AccessRequestParties;
  }): Promise<StoredAccessRequest>;
  get(options: { id: string }): Promise<StoredAccessRequest | undefined>;
  /** Newest first. `criteria` absent: all. */
  list(options?: {
    criteria?: PermissionCriteria<AccessRequestPermissionQuery>;
    statuses?: AccessRequest['status'][];
  }): Promise<StoredAccessRequest[]>;
  /** The calls to look out for: those of applied requests. */
  watches(): Promise<AccessWatch[]>;
  evidence(options: { id: string }): Promise<AccessEvidence[]>;
  clearEvidence(options: { id: string }): Promise<void>;
}
