export interface Config {
  lattice?: {
    /**
     * Git repositories kept by the portal itself: where `lattice:git:publish` puts what was scaffolded.
     * Without this block the action, the routes under `/api/lattice-git` and the URL reader are absent.
     */
    repositories?: {
      /**
       * Folder of the bare repositories. Relative paths are relative to the folder the back end runs in.
       */
      directory: string;
      /**
       * Lets everyone who reaches the back end read and clone the repositories without signing in.
       * Default: false, reading takes a Backstage token.
       */
      anonymousRead?: boolean;
    };
    provisioning?: {
      /**
       * Seconds between two looks at a running Service Catalog record. Default: 2.
       */
      pollIntervalSeconds?: number;
    };
  };
}
