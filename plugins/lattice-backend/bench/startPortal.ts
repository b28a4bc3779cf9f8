import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  deniedRequestPermissionResourceRef,
  deniedRequestPermissionRules,
} from '@lattice-portal/plugin-lattice-node';
import express from 'express';
import type { Knex } from 'knex';
import { LatticeAuthorizer } from '../src/authorization/LatticeAuthorizer';
import { DatabaseDeniedRequestStore } from '../src/database/DatabaseDeniedRequestStore';
import { DatabaseEstateStore } from '../src/database/DatabaseEstateStore';
import { DatabaseIngestStore } from '../src/database/DatabaseIngestStore';
import { DatabaseTrafficStore } from '../src/database/DatabaseTrafficStore';
import { RecordOutbox } from '../src/database/RecordOutbox';
import { DenialService } from '../src/denials/DenialService';
import { DefaultEstateService } from '../src/estate/DefaultEstateService';
import { TrafficMap } from '../src/map/TrafficMap';
import { createDenialsRouter } from '../src/routers/denialsRouter';
import { createMapRouter } from '../src/routers/mapRouter';
import { createRouter } from '../src/routers/createRouter';
import { createServicesRouter } from '../src/routers/servicesRouter';

/** In days: longer than what is measured. */
const retention = {
  edgeDays: 32,
  outcomeDays: 32,
  causeDays: 32,
  deniedRequestDays: 32,
};
const TEAM = 'group:default/team-0';

/** Who asks: may read all denied requests, or those of a team's account. */
export type Viewer = 'all' | 'one team';

/** The routes that are measured, over HTTP. */
export interface Portal {
  serviceIds: string[];
  /** The body of an answer. */
  get(path: string): Promise<Buffer>;
  stop(): Promise<void>;
}

/**
 * Serves what a database has.
 */
export async function startPortal(options: {
  knex: Knex;
  viewer: Viewer;
}): Promise<Portal> {
  const { knex, viewer } = options;
  // What no answer that is measured needs.
  const unused = undefined as never;
  const ingest = DatabaseIngestStore.create({
    knex,
    outbox: RecordOutbox.create({ knex, sinks: [] }),
  });
  const traffic = DatabaseTrafficStore.create({ knex });
  const denied = DatabaseDeniedRequestStore.create({ knex });
  const store = DatabaseEstateStore.create({ knex });
  const estate = DefaultEstateService.create({
    accounts: (await store.list()).map(({ accountId, region }, index) => ({
      accountId,
      regions: [region],
      owner: `group:default/team-${index}`,
    })),
    reader: unused,
    store,
    policies: unused,
    logger: unused,
    staleAfter: Number.MAX_SAFE_INTEGER,
  });
  const map = TrafficMap.create({ estate, traffic, ingest, retention });
  const common = {
    httpAuth: mockServices.httpAuth(),
    authorizer: LatticeAuthorizer.create(permissionsOf(viewer)),
    estate,
    denied,
    map,
    versions: unused,
    statementUse: unused,
    accessRequests: unused,
    denials: DenialService.create({
      estate,
      denied,
      traffic,
      map,
      policies: unused,
      platformGroups: [],
      retention,
    }),
  };
  const server = createServer(
    express().use(
      createRouter({
        routers: [
          createMapRouter(common),
          createServicesRouter(common),
          createDenialsRouter(common),
        ],
      }),
    ),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  return {
    serviceIds: [...(await estate.current()).services.values()].map(
      ({ id }) => id,
    ),
    get: async path => {
      const request = get({ port, agent, path: `/v1${path}` });
      const [response] = await once(request, 'response');
      const parts: Buffer[] = [];
      for await (const part of response) {
        parts.push(part);
      }
      const body = Buffer.concat(parts);
      if (response.statusCode !== 200) {
        throw new Error(`${path}: ${response.statusCode} ${body}`);
      }
      return body;
    },
    stop: async () => {
      agent.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function permissionsOf(viewer: Viewer): {
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
} {
  const permissions: PermissionsService = {
    authorize: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW as const })),
    authorizeConditional: async requests =>
      requests.map(({ permission }) =>
        viewer === 'all' ||
        permission.resourceType !==
          deniedRequestPermissionResourceRef.resourceType
          ? { result: AuthorizeResult.ALLOW as const }
          : {
              result: AuthorizeResult.CONDITIONAL as const,
              pluginId: 'lattice',
              resourceType: permission.resourceType,
              conditions: {
                rule: 'INVOLVES',
                resourceType: permission.resourceType,
                params: { claims: [TEAM] },
              },
            },
      ),
  };
  const rules = Object.values(deniedRequestPermissionRules);
  return {
    permissions,
    permissionsRegistry: {
      getPermissionRuleset: () => ({
        getRuleByName: (name: string) => rules.find(rule => rule.name === name),
      }),
    } as unknown as PermissionsRegistryService,
  };
}
