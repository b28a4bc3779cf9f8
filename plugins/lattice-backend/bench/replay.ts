import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { IdentityPolicies } from '@lattice-portal/auth-policy';
import {
  generatedStore,
  openStore,
} from '../../../packages/access-log-store/bench/generatedStore';
import { DAY } from '../../../packages/access-logs/bench/generateLogs';
import { EstateIndex } from '../src/estate/EstateIndex';
import { PolicyLookup } from '../src/policies/PolicyLookup';
import type { PolicyChange } from '../src/replay/PolicyChange';
import { replayTraffic } from '../src/replay/replayTraffic';
import { estatesOf, NETWORK_ARN } from './generatedEstates';

const LINES = 2_000_000;
const ROUNDS = 3;
const AIM_SECONDS = 3;
const DAY_LENGTH = 86_400_000;

const readers = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const network = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const before = network(readers);

/** What access requests may do to the network's policy, from what touches few calls to what touches all. */
const changes: Record<string, string> = {
  'the network also refuses /internal/*': network(readers, {
    ...readers,
    Effect: 'Deny',
    Resource: 'arn:aws:vpc-lattice:*:*:service/*/internal/*',
  }),
  'the network lets in the organization only': network({
    ...readers,
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-lattice001' } },
  }),
  'the network goes by path, method and VPC': network(
    {
      ...readers,
      Resource: [
        'arn:aws:vpc-lattice:*:*:service/*/api/v1/*',
        'arn:aws:vpc-lattice:*:*:service/*/api/v2/*',
      ],
      Condition: {
        StringLike: { 'vpc-lattice-svcs:SourceVpc': 'vpc-0*' },
        StringEquals: { 'aws:PrincipalOrgID': 'o-lattice001' },
      },
    },
    {
      ...readers,
      Resource: 'arn:aws:vpc-lattice:*:*:service/*/internal/*/export',
      Condition: {
        StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' },
      },
    },
  ),
};

/** All calls of the day over its network, as the portal decides them for an access request. */
async function run(): Promise<void> {
  const { values } = parseArgs({ options: { lines: { type: 'string' } } });
  const lines = Number(values.lines ?? LINES);
  const records = openStore(await generatedStore(lines));
  const window = { from: DAY, to: DAY + DAY_LENGTH };
  const { items } = await records.edges({ ...window, durationBounds: [] });
  const serviceArns = [...new Set(items.map(({ serviceArn }) => serviceArn))];
  const estates = estatesOf(serviceArns);
  const index = EstateIndex.create({
    accounts: estates.map(({ accountId, region }) => ({
      accountId,
      owner: 'group:default/platform',
      regions: [region],
    })),
    snapshots: estates.map(estate => ({
      accountId: estate.accountId,
      region: estate.region,
      status: 'fresh',
      gaps: [],
      estate,
    })),
  });
  const identity: IdentityPolicies = {
    policies: [
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      }),
    ],
  };
  const policies = PolicyLookup.create({
    versions: { at: async () => undefined } as never,
    identity: { read: async () => identity } as never,
  });
  process.stdout.write(
    `${lines.toLocaleString('en-US')} records of a day in Parquet, ${
      cpus()[0].model
    }, ${availableParallelism()} cores, Node ${
      process.versions.node
    }. Best of ${ROUNDS} rounds, aim ${AIM_SECONDS} s.\n`,
  );
  for (const [what, after] of Object.entries(changes)) {
    const change: PolicyChange = {
      layer: 'network',
      resourceArn: NETWORK_ARN,
      before,
      after,
    };
    let best = Infinity;
    let found = '';
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      const result = await replayTraffic({
        changes: [change],
        window,
        records,
        index,
        policies,
        now: window.to,
        signal: new AbortController().signal,
      });
      best = Math.min(best, (performance.now() - start) / 1000);
      found = `${result.calls.toLocaleString('en-US')} calls, ${
        result.groups.filter(group => group.change !== 'unchanged').length
      } groups that change`;
    }
    process.stdout.write(`${best.toFixed(2)} s  ${what} (${found})\n`);
  }
  await records.close();
}

run().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
