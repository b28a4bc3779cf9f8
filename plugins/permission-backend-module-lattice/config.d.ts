export interface Config {
  permission?: {
    /**
     * Groups that see all auth policies, denied requests and access requests, as entity references in
     * full. Default: `group:default/platform`.
     */
    latticePlatformGroups?: string[];
  };
}
