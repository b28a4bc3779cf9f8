import type { PolicyVersion } from '@lattice-portal/plugin-lattice-common';

/**
 * Keeps every auth policy document the portal ever learned of.
 */
export interface PolicyVersionStore {
  /** Of one resource, oldest first. */
  list(options: { resourceArn: string }): Promise<PolicyVersion[]>;
  /** The versions in force now. */
  listCurrent(): Promise<PolicyVersion[]>;
  /** The version in force at a time (milliseconds since the epoch). Absent: none of that time is known. */
  at(options: {
    resourceArn: string;
    time: number;
  }): Promise<PolicyVersion | undefined>;
  /** Replaces all versions of one resource. */
  replace(options: {
    resourceArn: string;
    versions: PolicyVersion[];
  }): Promise<void>;
  /** How far the recorded history of an account and region has been read, in milliseconds since the epoch. */
  historyRead(options: {
    accountId: string;
    region: string;
  }): Promise<{ since: number; readUntil: number } | undefined>;
  saveHistoryRead(options: {
    accountId: string;
    region: string;
    since: number;
    readUntil: number;
  }): Promise<void>;
}
