export interface Config {
  lattice?: {
    accessLogs?: {
      /**
       * Where all access log records are kept. Without it none are: there are no replays, no use of statements
       * and no records of a request.
       */
      store?: {
        /** Seconds that a question may take. Default: 120. */
        timeoutSeconds?: number;
        /** What DuckDB aims at in each of its processes, in megabytes; at about twice as much it is ended. Default: 512. */
        memoryLimit?: number;
        /** Threads of each of DuckDB's processes. Default: 2. */
        threads?: number;
        /** Questions and writes at the same time; more wait. Default: 2. */
        processes?: number;
      } & (
        | {
            /** A folder of this machine, asked through DuckDB. There is no default: one of the two has to be named. */
            type: 'embedded';
            /** Folder of the files, for one machine. */
            directory: string;
          }
        | {
            /** Amazon S3, asked through Amazon Athena; see templates/service-network/accounts/access-log-store.yaml. */
            type: 'athena';
            /** Region of the bucket, the tables and the workgroup. */
            region: string;
            /** The stack's output BucketName. */
            bucket: string;
            /** The stack's output DatabaseName. Default: `lattice_portal`. */
            database?: string;
            /** The stack's output WorkGroupName. Default: `lattice-portal`. */
            workGroup?: string;
            /** The stack's output FirstDay: answers say that they lack days before. Default: `2023-01-01`. */
            firstDay?: string;
            /** The stack's output RoleArn. Without it, the portal's own credentials are used. */
            roleArn?: string;
          }
      );
    };
  };
}
