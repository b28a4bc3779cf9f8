import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';
import type { HumanDuration } from '@backstage/types';

/** How often a task runs. `timeout` may be left out. */
type Schedule = Omit<
  SchedulerServiceTaskScheduleDefinitionConfig,
  'timeout'
> & {
  timeout?: string | HumanDuration;
};

export interface Config {
  lattice?: {
    /** The AWS accounts the portal reads. */
    accounts?: Array<{
      /** 12 digits, in quotes. */
      accountId: string;
      /** Shown beside the id. */
      name?: string;
      /** Entity reference of who owns what no tag `owner` says otherwise of. */
      owner?: string;
      /** Instead of `lattice.regions`. */
      regions?: string[];
    }>;
    /** AWS regions that are read in every account. */
    regions?: string[];
    /** Names of the IAM roles that the portal assumes in every account. */
    roles?: {
      /** List, Get and Describe only. Default: `lattice-portal-reader`. */
      reader?: string;
      /** `PutAuthPolicy` too. Without it, approved access requests can't be applied. */
      writer?: string;
      /** Launches Service Catalog products. */
      provisioner?: string;
    };
    schedule?: {
      /** How often the accounts are read. Default: every minute. */
      estate?: Schedule;
      /** How often new access log lines are fetched. Default: every 10 seconds. */
      accessLogs?: Schedule;
      /** How often access requests are applied, verified and ended. Default: every 15 seconds. */
      accessRequests?: Schedule;
    };
    accessLogs?: {
      /** How far back a log source is read the first time. Default: 26. */
      startHoursAgo?: number;
      /**
       * How many days late an object in S3 may come and still be read; a line in CloudWatch Logs that is late by
       * up to half of that is read for sure. For so long and two days more, the lines that were read are known, at 22 bytes a line in
       * the database: what comes later could not be told from what is counted.
       * Default: 14.
       */
      lateDays?: number;
      /**
       * Log groups of proxies in front of VPC Lattice: their lines are shown with the record of a call, by its
       * request id. The role `reader` of the account reads them.
       */
      proxyLogGroups?: Array<{
        /** 12 digits, in quotes. One of `lattice.accounts`. */
        accountId: string;
        region: string;
        /** Name of the log group. */
        name: string;
      }>;
      /** How long what comes of the logs is kept, where `retention` doesn't say. Default: 30. */
      retentionDays?: number;
      /** By kind, in days. Default: `retentionDays`. */
      retention?: {
        /** Denied requests, word for word. What an open access request was proven on stays longer. */
        deniedRequestDays?: number;
        /** Outcomes per service by five minutes. */
        outcomeDays?: number;
        /** Who calls whom, by the hour: the map. */
        edgeDays?: number;
        /** Causes of denials, by the hour. */
        causeDays?: number;
        /** Lines that could not be read. */
        unparsedLineDays?: number;
        /** All records, in `store`. What an open access request was proven on stays longer. */
        recordDays?: number;
      };
    };
  };
  permission?: {
    /**
     * Entity references of the groups that may ask for access for every caller, and that decide where
     * nobody owns a document. Default: `group:default/platform`.
     */
    latticePlatformGroups?: string[];
  };
}
