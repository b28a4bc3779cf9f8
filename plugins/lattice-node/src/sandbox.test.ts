import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  PutAuthPolicyCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { callKey, parseAccessLogLine } from '@lattice-portal/access-logs';
import type { AccountEstate } from '@lattice-portal/plugin-lattice-common';
import { accounts, region, startEstate } from './__testUtils__/startEstate';
import { DefaultEstateReader } from './estate/DefaultEstateReader';
import { CloudWatchLogsSourceFactory } from './logs/CloudWatchLogsSourceFactory';
import { CloudTrailPolicyHistoryReader } from './policies/CloudTrailPolicyHistoryReader';
import { DefaultAuthPolicyStore } from './policies/DefaultAuthPolicyStore';
import { DefaultIdentityPolicyReader } from './policies/DefaultIdentityPolicyReader';

jest.setTimeout(60_000);

describe('against an AWS estate', () => {
  let estate: Awaited<ReturnType<typeof startEstate>>;
  let commerce: AccountEstate;
  beforeAll(async () => {
    estate = await startEstate({ traffic: true });
    commerce = await DefaultEstateReader.create(estate).read({
      accountId: accounts.commerce,
      region,
    });
  });
  afterAll(() => estate.stop());

  const arnOf = (name: string) =>
    commerce.services.find(service => service.name === name)?.arn ?? '';

  describe('DefaultAwsAccess', () => {
    it('acts as the role of the account, and gives a client once', async () => {
      const options = {
        type: IAMClient,
        accountId: accounts.edge,
        region,
        role: 'reader' as const,
      };
      const client = estate.aws.client(options);
      expect(estate.aws.client(options)).toBe(client);
      const { Role } = await client.send(
        new GetRoleCommand({ RoleName: 'public-proxy' }),
      );
      expect(Role?.Arn).toBe('arn:aws:iam::445566778899:role/public-proxy');
    });

    it('says what is not configured', () => {
      const { aws } = estate;
      expect(aws.hasRole('writer')).toBe(true);
      expect(aws.hasRole('provisioner')).toBe(false);
      expect(() =>
        aws.credentials({ accountId: accounts.edge, role: 'provisioner' }),
      ).toThrow(
        'The portal has no provisioner role: lattice.roles.provisioner is not set',
      );
      expect(() =>
        aws.credentials({ accountId: '999988887777', role: 'reader' }),
      ).toThrow('AWS account 999988887777 is not in the configuration');
    });
  });

  describe('DefaultAuthPolicyStore', () => {
    const allow = (sid: string) => ({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: sid,
          Effect: 'Allow',
          Principal: '*',
          Action: 'vpc-lattice-svcs:Invoke',
          Resource: '*',
        },
      ],
    });

    it('puts a document, without newlines, if nobody changed it meanwhile', async () => {
      const store = DefaultAuthPolicyStore.create(estate);
      const resourceArn = arnOf('recommendations');
      const { document: expected, state } = await store.get({ resourceArn });
      expect(state).toBe('Active');

      const document = JSON.stringify(allow('A'), null, 2);
      await store.put({ resourceArn, document, expected });
      expect((await store.get({ resourceArn })).document).toBe(
        JSON.stringify(allow('A')),
      );

      // The first document is not there any more, so one computed from it must not go in.
      await expect(
        store.put({
          resourceArn,
          document: JSON.stringify(allow('B')),
          expected,
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      await expect(
        store.put({
          resourceArn,
          document: JSON.stringify(allow('B')),
          expected: undefined,
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect((await store.get({ resourceArn })).document).toBe(
        JSON.stringify(allow('A')),
      );
    });

    it.each([
      ['text', 'not JSON', 'The auth policy is not JSON'],
      [
        'a document without statements',
        JSON.stringify({ Version: '2012-10-17', Statement: [] }),
        'An auth policy needs at least one statement',
      ],
      [
        'too long a document',
        JSON.stringify(allow('x'.repeat(10_000))),
        /has \d+ characters; AWS takes 10000/,
      ],
    ])('refuses %s before it asks AWS', async (_, document, message) => {
      const store = DefaultAuthPolicyStore.create(estate);
      await expect(
        store.put({
          resourceArn: arnOf('recommendations'),
          document,
          expected: undefined,
        }),
      ).rejects.toThrow(message);
    });

    it('does not write with the reader role', async () => {
      const reader = estate.aws.client({
        type: VPCLatticeClient,
        accountId: accounts.commerce,
        region,
        role: 'reader',
      });
      await expect(
        reader.send(
          new PutAuthPolicyCommand({
            resourceIdentifier: arnOf('orders'),
            policy: JSON.stringify(allow('A')),
          }),
        ),
      ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });
  });

  it('reads the history of auth policies', async () => {
    const events = await CloudTrailPolicyHistoryReader.create(estate).read({
      accountId: accounts.commerce,
      region,
      since: new Date(Date.now() - 90 * 24 * 3600_000).toISOString(),
    });
    const inventory = events.filter(
      ({ resourceArn }) => resourceArn === arnOf('inventory'),
    );
    // Until yesterday batch-export was let in.
    expect(
      inventory.some(({ document }) => document?.includes('batch-export')),
    ).toBe(true);
    expect(inventory[inventory.length - 1].document).not.toContain(
      'batch-export',
    );
    expect(inventory.map(({ at }) => Date.parse(at))).toEqual(
      inventory.map(({ at }) => Date.parse(at)).sort((a, b) => a - b),
    );
    expect(inventory[0].by).toMatch(/^arn:aws:/);
  });

  it('reads identity policies, or says why not', async () => {
    const reader = DefaultIdentityPolicyReader.create(estate);
    const read = await reader.read({
      roleArn: 'arn:aws:iam::667788990011:role/batch-export',
    });
    expect(read).toEqual({
      policies: [expect.stringContaining('vpc-lattice-svcs:Invoke')],
    });
    for (const [roleArn, reason] of [
      ['arn:aws:iam::667788990011:role/nobody', 'NoSuchEntity'],
      ['arn:aws:iam::667788990011:user/ada', 'is not a role'],
      ['arn:aws:iam::999988887777:role/x', 'not among the accounts'],
    ]) {
      expect(await reader.read({ roleArn })).toEqual({
        unreadable: expect.stringContaining(reason),
      });
    }
  });

  it('reads access logs: each call once, in the log of the network and of its service', async () => {
    const network = await readCalls(
      'arn:aws:logs:us-east-1:001122334455:log-group:/aws/lattice/network-company:*',
      20,
    );
    const orders = await readCalls(
      'arn:aws:logs:us-east-1:223344556677:log-group:/aws/lattice/service-orders:*',
      1,
    );
    expect(network.keys.size).toBe(network.lines);
    expect([...orders.keys].some(key => network.keys.has(key))).toBe(true);
  });

  /** Reads a log group until it has so many calls. */
  async function readCalls(destinationArn: string, wanted: number) {
    const source = CloudWatchLogsSourceFactory.create({
      ...estate,
      lateFor: 14 * 24 * 3600_000,
    }).create({
      arn: 'als-1',
      id: 'als-1',
      accountId: accounts.shared,
      region,
      resourceArn: 'sn-1',
      destinationArn,
    });
    const objects = { find: async () => new Map() };
    const since = Date.now() - 24 * 3600_000;
    const keys = new Set<string>();
    let lines = 0;
    let cursor: string | undefined;
    for (let attempt = 0; attempt < 30 && keys.size < wanted; attempt++) {
      for await (const batch of source!.read({ cursor, since, objects })) {
        cursor = batch.cursor ?? cursor;
        lines += batch.lines.length;
        for (const { text } of batch.lines) {
          const parsed = parseAccessLogLine(text);
          if (!parsed.ok || parsed.kind !== 'service') {
            throw new Error(`Not a service record: ${text}`);
          }
          keys.add(callKey(parsed.record));
        }
      }
      await new Promise(resolve => setTimeout(resolve, 1000));
    }
    return { keys, lines };
  }
});
