import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathShape, pathWordsOf } from '@lattice-portal/access-logs';
import { decideOutcome, parsePolicy } from '@lattice-portal/auth-policy';
import fc from 'fast-check';
import { childSettings } from '../embedded/childSettings';
import { DuckDbPool } from '../embedded/DuckDbPool';
import { join as joined, sql } from '../sql/Sql';
import { pathDifference } from './pathDifference';

jest.setTimeout(120_000);

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1b2c3d4e5f60718';
const ids = [
  '1',
  '2',
  '3',
  '1041',
  '2026-11-22',
  '1.5',
  'ord_1a2b',
  'orders-1',
  'v2-alpha1',
  'deadbeef1',
  'DeadBeef1',
  'abcdefab-cdef-abcd-efab-cdefabcdefab',
  'a1b2c3.d4e5f6',
  'a1b2c3-d4e5f6',
  'me@example.org',
  '*',
  `9${'0'.repeat(101)}`,
];
const names = ['orders', 'Orders', 'v2', 'export', 'a.b', '..', '', '%41', 'é'];
/** Paths that are alike but for their ids. */
const paths = fc
  .array(
    fc.array(fc.oneof(fc.constantFrom(...names), fc.constant('<id>')), {
      maxLength: 10,
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map(templates => [
    ...new Set(
      templates.flatMap(parts =>
        ids.map(id => `/${parts.join('/').replaceAll('<id>', id)}`),
      ),
    ),
  ]);
const pattern = fc
  .array(
    fc.oneof(
      fc.constantFrom(...ids, ...names),
      fc.constantFrom('*', '*', 'ord*', 'v2*', 'v2-*', 'dead*', 'DEAD*', '2*'),
      fc.constantFrom('*1', '*22', '*beef1', '*-1', '*a*', '*-*', '*.*', 'o*1'),
    ),
    { maxLength: 4 },
  )
  .map(parts => `/${parts.join('/')}`);
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Principal: fc.constant('*'),
  Action: fc.constant('*'),
  Resource: fc.oneof(
    pattern.map(text => `${SERVICE}${text}`),
    pattern.map(text => `arn:aws:vpc-lattice:*:*:service/*${text}`),
    pattern.map(text => `*${text}`),
    fc.constantFrom('*', `${SERVICE}*`, `${SERVICE}/?*`),
  ),
  Condition: fc.oneof(
    fc.constant({}),
    pattern.map(text => ({
      StringLike: { 'vpc-lattice-svcs:RequestPath': text },
    })),
    pattern.map(text => ({
      StringNotEqualsIgnoreCase: { 'vpc-lattice-svcs:RequestPath': text },
    })),
  ),
});

describe('pathDifference', () => {
  let pool: DuckDbPool;
  let folder: string;

  beforeAll(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), 'paths-'));
    const settings = childSettings({
      folder,
      scratch: folder,
      memoryLimit: 256,
      threads: 1,
    });
    pool = new DuckDbPool({ settings, size: 1 });
  });

  afterAll(async () => {
    await pool.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  /** Paths that are told apart by nothing, as DuckDB says. */
  async function groupsOf(
    some: readonly string[],
    words: NonNullable<ReturnType<typeof pathWordsOf>>,
  ): Promise<string[][]> {
    const values = joined(
      some.map(one => sql`(${one}, ${pathShape(one)})`),
      ', ',
    );
    const rows = await pool.runAll({
      before: [],
      ...sql`SELECT request_path, path_shape, ${pathDifference(
        words,
      )} FROM (VALUES ${values}) AS calls(request_path, path_shape)`.render(),
    });
    const groups = new Map<string, string[]>();
    for (const [one, ...key] of rows) {
      const group = groups.get(JSON.stringify(key)) ?? [];
      group.push(String(one));
      groups.set(JSON.stringify(key), group);
    }
    return [...groups.values()];
  }

  it('tells all paths apart that policies may', async () => {
    let folded = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(statement, { minLength: 1, maxLength: 3 }),
        paths,
        async (statements, some) => {
          const policy = { Version: '2012-10-17', Statement: statements };
          const parsed = parsePolicy(policy);
          const words = parsed.ok ? pathWordsOf([parsed.policy]) : undefined;
          if (!words) {
            return;
          }
          const outcomeOf = (one: string) =>
            decideOutcome({
              request: {
                caller: { kind: 'anonymous' },
                method: 'GET',
                path: one,
                serviceArn: SERVICE,
              },
              network: { authType: 'NONE' },
              service: { authType: 'AWS_IAM', policy },
            });
          for (const group of await groupsOf(some, words)) {
            folded += group.length - 1;
            expect(group.map(one => [one, outcomeOf(one)])).toEqual(
              group.map(one => [one, outcomeOf(group[0])]),
            );
          }
        },
      ),
      { numRuns: 1000 },
    );
    expect(folded).toBeGreaterThan(1000);
  });

  it.each([
    ['ids of any kind', ['/orders/*'], ['/orders/1', '/orders/2026-11-22'], 1],
    [
      'ids behind a name that begins so',
      ['/ord*'],
      ['/orders/1', '/orders/2'],
      1,
    ],
    ['ids behind a version', ['/v2*'], ['/v2/1', '/v2/2'], 1],
    [
      'ids before a name that ends so',
      ['*export'],
      ['/1/export', '/2/export'],
      1,
    ],
    ['an id that a policy names', ['/orders/1'], ['/orders/1', '/orders/2'], 2],
    ['ids that begin so', ['/ord*'], ['/x/ord_1a2', '/x/ord_1a3'], 2],
    ['ids that end so', ['*-7'], ['/x/a-127', '/x/a-1-7'], 2],
    ['ids with a dot', ['/x/*.*'], ['/x/1.5', '/x/15'], 2],
  ])('of %s', async (_, resources, some, expected) => {
    const parsed = parsePolicy({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: resources.map(text =>
          text.startsWith('/') ? `${SERVICE}${text}` : text,
        ),
      },
    });
    const words = parsed.ok ? pathWordsOf([parsed.policy]) : undefined;
    expect(await groupsOf(some, words!)).toHaveLength(expected);
  });
});
