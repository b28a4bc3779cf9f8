import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  lattice?: {
    schedule?: {
      /**
       * How often the catalog's entities are brought up to date with the estate that the lattice back
       * end has read. Default: every 15 seconds.
       */
      catalog?: SchedulerServiceTaskScheduleDefinitionConfig;
    };
  };
}
