import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  PluginWrapperBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  ANNOTATION_LATTICE_SERVICE_ID,
  ANNOTATION_LATTICE_SERVICE_NAME,
  LatticeClient,
  latticeResourceTypes,
} from '@lattice-portal/plugin-lattice-common';
import { RiShareLine } from '@remixicon/react';
import { latticeApiRef } from './api';
import { rootRouteRef } from './routes';
import { latticeFormFields } from './scaffolder';

const latticeApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: latticeApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new LatticeClient(deps),
    }),
});

const queryWrapper = PluginWrapperBlueprint.make({
  params: defineParams =>
    defineParams({
      loader: async () => {
        const { LatticeQueryProvider } = await import(
          './api/LatticeQueryProvider'
        );
        return { component: LatticeQueryProvider };
      },
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/lattice',
    title: 'Lattice',
    icon: <RiShareLine />,
    routeRef: rootRouteRef,
  },
});

const mapSubPage = SubPageBlueprint.make({
  name: 'map',
  params: {
    path: 'map',
    title: 'Service map',
    loader: async () => {
      const { ServiceMapContent } = await import('./map/ServiceMapContent');
      return <ServiceMapContent />;
    },
  },
});

const deniedSubPage = SubPageBlueprint.make({
  name: 'denied',
  params: {
    path: 'denied',
    title: 'Denied requests',
    loader: async () => {
      const { DeniedRequestsContent } = await import(
        './denials/DeniedRequestsContent'
      );
      return <DeniedRequestsContent />;
    },
  },
});

const requestsSubPage = SubPageBlueprint.make({
  name: 'requests',
  params: {
    path: 'requests',
    title: 'Access requests',
    loader: async () => {
      const { AccessRequestsContent } = await import(
        './requests/AccessRequestsContent'
      );
      return <AccessRequestsContent />;
    },
  },
});

const logsSubPage = SubPageBlueprint.make({
  name: 'logs',
  params: {
    path: 'logs',
    title: 'Access logs',
    loader: async () => {
      const { LogSourcesContent } = await import('./logs/LogSourcesContent');
      return <LogSourcesContent />;
    },
  },
});

const entityContent = EntityContentBlueprint.make({
  name: 'service',
  params: {
    path: '/lattice',
    title: 'VPC Lattice',
    group: 'operation',
    icon: <RiShareLine />,
    filter: {
      $any: [
        { kind: 'resource', 'spec.type': latticeResourceTypes.service },
        {
          [`metadata.annotations.${ANNOTATION_LATTICE_SERVICE_ID}`]: {
            $exists: true,
          },
        },
        {
          [`metadata.annotations.${ANNOTATION_LATTICE_SERVICE_NAME}`]: {
            $exists: true,
          },
        },
      ],
    },
    loader: async () => {
      const { EntityLatticeContent } = await import(
        './entity/EntityLatticeContent'
      );
      return <EntityLatticeContent />;
    },
  },
});

/**
 * Service map, denied requests, access requests and access logs of Amazon VPC Lattice.
 *
 * @public
 */
export const latticePlugin = createFrontendPlugin({
  pluginId: 'lattice',
  title: 'Lattice',
  icon: <RiShareLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [
    latticeApi,
    queryWrapper,
    page,
    mapSubPage,
    deniedSubPage,
    requestsSubPage,
    logsSubPage,
    entityContent,
    ...latticeFormFields,
  ],
});
