export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign-in without a password as one of the listed people, for trying the portal on one's own
       * machine. The back end refuses it unless NODE_ENV is `development`.
       */
      persona?: {
        /** @deepVisibility frontend */
        personas: Array<{
          /** Entity reference of a user in the catalog. */
          userEntityRef: string;
          /** Name shown on the sign-in page. */
          title: string;
          /** What this person can try, in one sentence. */
          description?: string;
        }>;
      };
    };
  };
  lattice?: {
    signIn?: {
      /**
       * Auth provider that signs visitors in behind an authenticating proxy, such as `awsalb`.
       * Its back end module has to be installed. Not used where personas are configured.
       * @visibility frontend
       */
      proxiedProvider?: string;
    };
  };
}
