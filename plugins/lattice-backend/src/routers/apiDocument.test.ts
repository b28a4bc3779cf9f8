import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { createAccessRequestsRouter } from './accessRequestsRouter';
import { createDenialsRouter } from './denialsRouter';
import { createEstateRouter } from './estateRouter';
import { createLogSourcesRouter } from './logSourcesRouter';
import { createMapRouter } from './mapRouter';
import {
  actionSchema,
  allOutcomesQuerySchema,
  callersQuerySchema,
  denialPageSchema,
  logSourceActionSchema,
  mapQuerySchema,
  networkStatementUseSchema,
  newAccessRequestSchema,
  outcomesQuerySchema,
  provisioningPlaceSchema,
  provisioningPlanSchema,
  recordsQuerySchema,
  rolesQuerySchema,
  serviceStatementUseSchema,
  subnetsQuerySchema,
  unparsedLinesSchema,
} from './parse';
import { createProvisioningRouter } from './provisioningRouter';
import { createReplaysRouter } from './replaysRouter';
import { createRecordsRouter } from './recordsRouter';
import { createServicesRouter } from './servicesRouter';

const text = readFileSync(resolve(__dirname, '../../docs/api.md'), 'utf8');

/** Routes are made without being called: nothing of the options is used. */
const options = {} as any;
const routers = [
  createMapRouter(options),
  createServicesRouter(options),
  createEstateRouter(options),
  createLogSourcesRouter(options),
  createDenialsRouter(options),
  createReplaysRouter(options),
  createAccessRequestsRouter(options),
  createProvisioningRouter(options),
  createRecordsRouter(options),
];

const served = routers
  .flatMap(router => router.stack)
  .flatMap(({ route }) =>
    route
      ? route.stack.map(({ method }) => `${method.toUpperCase()} ${route.path}`)
      : [],
  );

/** `GET /map?from&to` in the first column of a table. */
const documented = [
  ...text.matchAll(/^\| `((?:GET|POST) \/[^`?]*)(?:\?([^`]*))?` /gm),
].map(([, route, parameters]) => ({
  route,
  parameters: parameters?.split('&').sort() ?? [],
}));

/** What a route takes in its query, as it is parsed. */
const queries: Record<string, z.ZodObject> = {
  'GET /map': mapQuerySchema,
  'GET /map/callers': mapQuerySchema,
  'GET /outcomes': allOutcomesQuerySchema,
  'GET /services/:serviceId/outcomes': outcomesQuerySchema,
  'GET /services/:serviceId/callers': callersQuerySchema,
  'GET /services/:serviceId/statement-use': serviceStatementUseSchema,
  'GET /service-networks/:networkId/statement-use': networkStatementUseSchema,
  'GET /roles': rolesQuerySchema,
  'GET /denial-causes': denialPageSchema,
  'GET /denied-requests': denialPageSchema,
  'GET /records/:requestId': recordsQuerySchema,
  'GET /unparsed-lines': unparsedLinesSchema,
  'GET /provisioning/networks': provisioningPlaceSchema,
  'GET /provisioning/vpcs': provisioningPlaceSchema,
  'GET /provisioning/subnets': subnetsQuerySchema,
  'GET /provisioning/prefix-lists': provisioningPlaceSchema,
  'GET /provisioning/certificates': provisioningPlaceSchema,
  'GET /provisioning/hosted-zones': provisioningPlaceSchema,
  'GET /provisioning/log-destinations': provisioningPlaceSchema,
};

describe('docs/api.md', () => {
  it('has every route, and no other', () => {
    expect(documented.map(({ route }) => route).sort()).toEqual(served.sort());
  });

  it.each(documented)(
    'has the parameters of $route',
    ({ route, parameters }) => {
      expect(parameters).toEqual(
        Object.keys(queries[route]?.shape ?? {}).sort(),
      );
    },
  );

  it('has every action and every part of a new request and of a plan', () => {
    const actions = [...text.matchAll(/^\| `([a-z]+)` +\|/gm)].map(
      ([, action]) => action,
    );
    expect(actions.sort()).toEqual(
      [
        ...actionSchema.shape.action.options,
        ...logSourceActionSchema.shape.action.options,
      ].sort(),
    );
    for (const part of [
      ...Object.keys(newAccessRequestSchema.shape),
      ...Object.keys(provisioningPlanSchema.shape),
    ]) {
      expect(text).toContain(`\`${part}\``);
    }
  });

  it('says which permission each route needs', () => {
    const silent = text
      .split('\n')
      .filter(line => /^\| `(GET|POST) \//.test(line))
      .filter(
        line =>
          !/lattice\.(service|denied-request|access-request|access-log-record|log-source|unparsed-line)\.(read|create|update)/.test(
            line,
          ),
      );
    expect(silent).toEqual([]);
  });
});
