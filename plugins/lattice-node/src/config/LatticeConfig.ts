import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { ProxyLogGroup } from '../ports/ProxyLogReader';

/**
 * An AWS account the portal reads.
 *
 * @public
 */
export interface LatticeAccount {
  /** 12 digits. */
  accountId: string;
  name?: string;
  /** Entity reference of the group that owns what no tag says otherwise of. */
  owner?: string;
  /** At least one. */
  regions: string[];
}

/**
 * The configuration under `lattice`, read and checked.
 *
 * @public
 */
export interface LatticeConfig {
  accounts: LatticeAccount[];
  /** Names of the roles the portal assumes in each account. */
  roles: { reader: string; writer?: string; provisioner?: string };
  schedule: {
    /** How often the accounts are read. */
    estate: SchedulerServiceTaskScheduleDefinition;
    /** How often new access log lines are fetched. */
    accessLogs: SchedulerServiceTaskScheduleDefinition;
    /** How often approved requests are applied, verified and expired. */
    accessRequests: SchedulerServiceTaskScheduleDefinition;
    /** How often the catalog's entities are brought up to date with what has been read. */
    catalog: SchedulerServiceTaskScheduleDefinition;
  };
  accessLogs: {
    /** How far back a log source is read the first time. */
    startHoursAgo: number;
    /**
     * How many days late an object in S3 may come and still be read; a line in CloudWatch Logs that is late by
     * up to half of that is read for sure. Lines that were read are known for so long: what comes later could
     * not be told from what is counted.
     */
    lateDays: number;
    /** Log groups of proxies in front of VPC Lattice. */
    proxyLogGroups: ProxyLogGroup[];
    /** How many days each kind of thing is kept. */
    retention: {
      /** Denied requests, word for word. */
      deniedRequestDays: number;
      /** Outcomes per service by five minutes. */
      outcomeDays: number;
      /** Who calls whom, by the hour. */
      edgeDays: number;
      /** Causes of denials, by the hour. */
      causeDays: number;
      /** Lines that could not be read. */
      unparsedLineDays: number;
      /** All records, in the store of all records. */
      recordDays: number;
    };
  };
}
