import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./modules/persona'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@lattice-portal/plugin-catalog-backend-module-lattice'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@lattice-portal/plugin-scaffolder-backend-module-lattice'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@lattice-portal/plugin-permission-backend-module-lattice'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(import('@lattice-portal/plugin-lattice-backend'));

backend.start();
