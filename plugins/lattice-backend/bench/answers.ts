import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import createKnex, { type Knex } from 'knex';
import { estateOf } from '../src/__testUtils__/estateOf';
import { createStore } from '../src/__testUtils__/createStore';
import { findPostgres, startPostgres } from '../src/__testUtils__/postgres';
import { LatticeAuthorizer } from '../src/authorization/LatticeAuthorizer';
import { addRollUps } from '../src/database/addRollUps';
import { DatabaseDeniedRequestStore } from '../src/database/DatabaseDeniedRequestStore';
import { DatabaseTrafficStore } from '../src/database/DatabaseTrafficStore';
import { migrate } from '../src/database/openDatabase';
import { DenialService } from '../src/denials/DenialService';
import { EstateIndex } from '../src/estate/EstateIndex';
import type { EstateService } from '../src/estate/EstateService';
import { TrafficMap } from '../src/map/TrafficMap';
import { createDenialsRouter } from '../src/routers/denialsRouter';
import { createMapRouter } from '../src/routers/mapRouter';
import { createRouter } from '../src/routers/createRouter';
import { createServicesRouter } from '../src/routers/servicesRouter';
import { DAY, generatedFiles, repeatDay, rollUpsOf } from './generatedRollUps';

const LINES = 2_000_000;
const LONG_DAYS = 30;
const REPETITIONS = 40;
const DAY_LENGTH = 86_400_000;
/** Milliseconds in the middle and at most in 95 of 100 times, for a day. */
const AIMS = {
  'outcomes of a service': [10, 30],
  'callers of a service': [15, 40],
  'denied page, first': [15, 40],
  'denied page, in the middle': [15, 40],
  'denied page, last': [15, 40],
  causes: [50, 120],
  map: [120, 300],
} as const;
/** So many times as long may the answers over 30 days take. */
const LONGER = 3;

type Kind = keyof typeof AIMS;

/** The routes that screens ask, over HTTP, for a viewer who may see everything. */
async function startServer(knex: Knex) {
  const traffic = DatabaseTrafficStore.create({ knex });
  const denied = DatabaseDeniedRequestStore.create({ knex });
  const arns = await knex('outcomes_5m')
    .distinct('service_arn')
    .orderBy('service_arn');
  const services = arns.map(({ service_arn: arn }) => ({
    arn,
    id: arn.split('/')[1],
    name: arn.split('/')[1],
    accountId: arn.split(':')[4],
    region: arn.split(':')[3],
    authType: 'AWS_IAM',
    authPolicy: { status: 'none' },
    listeners: [],
  }));
  const index = EstateIndex.create({
    accounts: [],
    snapshots: [
      {
        accountId: '223344556677',
        region: 'us-east-1',
        status: 'fresh',
        estate: estateOf({ services }),
      } as never,
    ],
  });
  const estate = { current: async () => index } as unknown as EstateService;
  const ingest = createStore(knex);
  const map = TrafficMap.create({ estate, traffic, denied, ingest });
  const all = async (requests: readonly unknown[]) =>
    requests.map(() => ({ result: AuthorizeResult.ALLOW as const }));
  const authorizer = LatticeAuthorizer.create({
    permissions: { authorize: all, authorizeConditional: all },
    permissionsRegistry: {} as never,
  });
  const common = {
    httpAuth: mockServices.httpAuth(),
    authorizer,
    estate,
    map,
    denied,
  };
  const app = express();
  app.use(
    createRouter({
      routers: [
        createMapRouter(common),
        createServicesRouter({
          ...common,
          versions: {} as never,
          statementUse: {} as never,
        }),
        createDenialsRouter({
          ...common,
          accessRequests: {} as never,
          denials: DenialService.create({
            ...common,
            traffic,
            policies: {} as never,
            platformGroups: [],
          }),
        }),
      ],
    }),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/v1`, services };
}

/** A body and the milliseconds until all of it was there. */
async function ask(url: string): Promise<{ took: number; text: string }> {
  const start = performance.now();
  const response = await fetch(url);
  const text = await response.text();
  const took = performance.now() - start;
  if (!response.ok) {
    throw new Error(`${url}: ${text}`);
  }
  return { took, text };
}

/** Cursors of the page in the middle and of the last one, by reading on to the end. */
async function cursorsOf(url: string): Promise<string[]> {
  const cursors: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { text } = await ask(
      `${url}&limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    cursor = JSON.parse(text).nextCursor;
    if (cursor) {
      cursors.push(cursor);
    }
  }
  return [cursors[Math.floor(cursors.length / 2)], cursors.at(-1)!];
}

async function measure(knex: Knex, days: number, factor: number) {
  const { server, url, services } = await startServer(knex);
  const from = new Date(DAY - (days - 1) * DAY_LENGTH).toISOString();
  const window = `from=${from}&to=${new Date(DAY + DAY_LENGTH).toISOString()}`;
  const page = `${url}/denied-requests?${window}`;
  const [middle, last] = (await cursorsOf(page)).map(encodeURIComponent);
  const pathOf: Record<Kind, (id: string) => string> = {
    'outcomes of a service': id => `${url}/services/${id}/outcomes?${window}`,
    'callers of a service': id => `${url}/services/${id}/callers?${window}`,
    'denied page, first': () => page,
    'denied page, in the middle': () => `${page}&cursor=${middle}`,
    'denied page, last': () => `${page}&cursor=${last}`,
    causes: () => `${url}/denial-causes?${window}`,
    map: () => `${url}/map?${window}`,
  };
  const rows: string[][] = [];
  for (const [kind, [median, high]] of Object.entries(AIMS)) {
    const times: number[] = [];
    let body = '';
    for (let round = 0; round < REPETITIONS; round++) {
      const { id } = services[(round * 37) % services.length];
      const { took, text } = await ask(pathOf[kind as Kind](id));
      times.push(took);
      body = text;
    }
    times.sort((one, other) => one - other);
    const start = performance.now();
    JSON.stringify(JSON.parse(body));
    const bound = performance.now() - start;
    rows.push([
      kind,
      `${times[REPETITIONS / 2].toFixed(1)}`,
      `${times[Math.ceil(REPETITIONS * 0.95) - 1].toFixed(1)}`,
      `${median * factor} / ${high * factor}`,
      `${Math.round(body.length / 1000)} kB: ${bound.toFixed(1)}`,
    ]);
  }
  server.closeAllConnections();
  server.close();
  return rows;
}

async function bench(name: string, knex: Knex, lines: number): Promise<void> {
  await migrate(knex);
  for (const path of generatedFiles(lines)) {
    const rollUps = rollUpsOf(path);
    await knex.transaction(transaction => addRollUps(transaction, rollUps));
  }
  const print = (days: number, rows: string[][]) => {
    process.stdout.write(
      `${name}, ${(days * lines).toLocaleString('en-US')} lines of ${days} day${
        days === 1 ? '' : 's'
      }; milliseconds\n`,
    );
    const head = ['', 'median', '95 %', 'aim', 'JSON alone'];
    for (const row of [head, ...rows]) {
      process.stdout.write(
        `${row
          .map((cell, column) => cell.padEnd(column === 0 ? 28 : 12))
          .join('')
          .trimEnd()}\n`,
      );
    }
  };
  print(1, await measure(knex, 1, 1));
  await repeatDay(knex, LONG_DAYS);
  print(LONG_DAYS, await measure(knex, LONG_DAYS, LONGER));
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { lines: { type: 'string' } } });
  const lines = Number(values.lines ?? LINES);
  process.stdout.write(
    `${cpus()[0].model}, ${availableParallelism()} cores, Node ${
      process.versions.node
    }\n`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'answers-'));
  const sqlite = createKnex({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'lattice.sqlite') },
    useNullAsDefault: true,
  });
  try {
    await bench('SQLite', sqlite, lines);
  } finally {
    await sqlite.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
  if (!findPostgres()) {
    process.stdout.write('PostgreSQL: not installed here\n');
    return;
  }
  const server = startPostgres();
  const postgres = createKnex({
    client: 'pg',
    connection: server.connectionString,
  });
  try {
    await bench('PostgreSQL', postgres, lines);
  } finally {
    await postgres.destroy();
    server.stop();
  }
}

run().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
