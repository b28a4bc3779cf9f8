export interface Config {
  lattice?: {
    /**
     * Where `lattice:git:publish` puts what was scaffolded. Without this block the actions around repositories, the
     * routes under `/api/lattice-git` and the URL reader are absent.
     */
    repositories?: {
      /**
       * `local` (default): the portal keeps the repositories itself. `github`, `gitlab`: they are on that host, with
       * the credentials of `integrations.github` or `integrations.gitlab`.
       */
      type?: 'local' | 'github' | 'gitlab';
      /**
       * Of `local`: folder of the bare repositories. Relative paths are relative to the folder the back end runs in.
       */
      directory?: string;
      /**
       * Of `local`: lets everyone who reaches the back end read and clone the repositories without signing in.
       * Default: false, reading takes a Backstage token.
       */
      anonymousRead?: boolean;
      /**
       * Of `github` and `gitlab`: host of an entry of the integrations. Default: `github.com` or `gitlab.com`.
       */
      host?: string;
      /**
       * Of `github`: organization that owns the repositories.
       */
      organization?: string;
      /**
       * Of `gitlab`: full path of the group that owns the repositories.
       */
      group?: string;
      /**
       * Of `github` and `gitlab`: who sees new repositories. Default: `private`. GitHub knows `internal` in
       * enterprises only.
       */
      visibility?: 'private' | 'internal' | 'public';
    };
    provisioning?: {
      /**
       * Seconds between two looks at a running Service Catalog record. Default: 2.
       */
      pollIntervalSeconds?: number;
    };
  };
}
