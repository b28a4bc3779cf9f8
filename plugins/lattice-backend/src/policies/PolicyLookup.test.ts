import type { PolicyVersion } from '@lattice-portal/plugin-lattice-common';
import { serviceArn } from '../__testUtils__/policyEstate';
import { EstateIndex } from '../estate/EstateIndex';
import { PolicyLookup } from './PolicyLookup';

const read = Date.parse('2026-11-22T12:00:00Z');
const readAt = new Date(read).toISOString();
const later = new Date(read + 60_000).toISOString();

async function assumedAt(options: {
  time: number;
  version?: Partial<PolicyVersion>;
  readAt?: string;
}) {
  const lookup = PolicyLookup.create({
    versions: {
      at: async () => ({
        resourceArn: serviceArn,
        authType: 'AWS_IAM',
        validFrom: '2026-11-21T00:00:00.000Z',
        source: 'seen',
        ...options.version,
      }),
    } as never,
    identity: {} as never,
  });
  const policy = await lookup.at({
    layer: 'service',
    arn: serviceArn,
    index: EstateIndex.create({
      accounts: [],
      snapshots: [
        {
          accountId: '999999999999',
          region: 'us-east-1',
          status: 'fresh',
          readAt: later,
          gaps: [],
        },
        {
          accountId: '223344556677',
          region: 'us-east-1',
          status: 'fresh',
          readAt: options.readAt,
          gaps: [],
        },
      ],
    }),
    time: options.time,
  });
  return policy?.assumed;
}

describe('PolicyLookup', () => {
  it.each<[string, Parameters<typeof assumedAt>[0], string[]]>([
    ['read since', { time: read, readAt }, []],
    [
      'followed by another',
      { time: read + 1, readAt, version: { validTo: later } },
      [],
    ],
    [
      'not read since',
      { time: read + 1, readAt },
      [`was last read at ${readAt}, before the call`],
    ],
    ['no longer read', { time: read }, ['is no longer read']],
  ])(
    'says where the newest version was assumed: %s',
    async (_, options, said) => {
      expect(await assumedAt(options)).toEqual(
        said.map(text => expect.stringContaining(text)),
      );
    },
  );
});
