import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from './main';
import { paintFor } from './Paint';

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Principal: { AWS: '445566778899' },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${SERVICE}/*`,
      Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } },
    },
  ],
};

const SUITE = `
request:
  serviceArn: ${SERVICE}
  path: /rates
  principal:
    arn: arn:aws:sts::445566778899:assumed-role/orders-client/i-1
service:
  authType: AWS_IAM
  policy: ./policy.json
identity:
  policies:
    - Statement: { Effect: Allow, Action: '*', Resource: '*' }
cases:
  - name: reads
    request: { method: GET }
    expect: { outcome: allowed, service: allowed, statement: Read }
  - name: does not write
    request: { method: PUT }
    expect: denied
  - name: is limited
    request: { method: GET }
    limits: { permissionsBoundary: { policies: [./boundary.json] } }
    expect: denied
  - name: nobody knows
    identity:
    request: { method: GET }
    expect: unknown
`;

describe('lattice-policy', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lattice-policy-'));
    await writeFile(join(folder, 'policy.json'), JSON.stringify(policy));
    await writeFile(
      join(folder, 'boundary.json'),
      '{ "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }',
    );
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function write(name: string, content: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  async function run(
    args: string[],
    environment: NodeJS.ProcessEnv = {},
  ): Promise<{ code: number; out: string; error: string }> {
    const out: string[] = [];
    const error: string[] = [];
    const code = await main(args, {
      output: { out: line => out.push(line), error: line => error.push(line) },
      paint: paintFor({ isTerminal: true, environment }),
    });
    return { code, out: out.join('\n'), error: error.join('\n') };
  }

  const plain = { NO_COLOR: '1' };

  it('explains a case to people', async () => {
    const path = await write(
      'case.json',
      JSON.stringify({
        request: {
          principal: {
            arn: 'arn:aws:sts::445566778899:assumed-role/orders-client/i-1',
          },
          method: 'PUT',
          path: '/rates',
          serviceArn: SERVICE,
        },
        network: { authType: 'NONE' },
        service: { authType: 'AWS_IAM', policy },
        identity: null,
      }),
    );
    const { code, out } = await run(['explain', '--case', path], plain);

    expect(code).toBe(0);
    expect(out).toContain('DENIED  PUT /rates to svc-0123456789abcdef0 by arn');
    expect(out).toContain('statement Read (0) would allow it, but');
    expect(out).toContain('Condition vpc-lattice-svcs:RequestMethod: ');
    expect(out).not.toContain('\u001b');
    expect((await run(['explain', '--case', path])).out).toContain('\u001b[');
  });

  it('holds a case against limits of the caller and the record of AWS', async () => {
    const policyOfNobody = {
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    };
    const everything = {
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    };
    const given = {
      request: {
        principal: {
          arn: 'arn:aws:sts::445566778899:assumed-role/orders-client/i-1',
        },
        method: 'GET',
        path: '/rates',
        serviceArn: SERVICE,
        transport: 'http',
      },
      network: { authType: 'NONE' },
      service: { authType: 'AWS_IAM', policy },
      identity: { policies: [everything] },
      limits: {
        serviceControlPolicies: [
          { policies: [everything] },
          { policies: [JSON.stringify(policyOfNobody)] },
        ],
      },
      recorded: { allowed: true },
    };
    const path = await write('case.json', JSON.stringify(given));
    const { out } = await run(['decide', '--case', path]);
    const explained = await run(['explain', '--case', path], plain);

    expect(JSON.parse(out)).toMatchObject({
      outcome: 'denied',
      layers: [{ result: 'not-enforced' }, { result: 'allowed' }, {}],
      limits: [
        { limit: 'service-control-policy', result: 'allowed' },
        { limit: 'service-control-policy', result: 'implicitly-denied' },
      ],
    });
    expect(explained.out).toContain('✗ service-control-policy ');
    expect(explained.out).toMatch(/✗ recorded .*\n {2}may be /);
  });

  it.each([
    [{ limits: { permissionBoundary: {} } }, /limits: .*permissionBoundary/],
    [{ limits: { sessionPolicies: [] } }, /limits\.sessionPolicies/],
    [
      { recorded: { allowed: false, authDeniedReason: 'No' } },
      /recorded\.auth/,
    ],
  ])('refuses a case with %j', async (part, message) => {
    const path = await write(
      'case.json',
      JSON.stringify({
        request: { principal: null, serviceArn: SERVICE },
        network: { authType: 'NONE' },
        service: { authType: 'NONE' },
        ...part,
      }),
    );
    const { code, out, error } = await run(['decide', '--case', path]);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(message);
  });

  it('lints files', async () => {
    const good = join(folder, 'policy.json');
    const bad = await write('bad.json', '{\n  "Statement": 1 }');
    const { code, out } = await run(['lint', good, bad], plain);

    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/bad\.json:1:2: warning: .* \[line-break \$\]$/),
      expect.stringMatching(/bad\.json:2:16: error: .* \[invalid-policy \$/),
      '1 errors, 1 warnings in 2 files',
    ]);
    expect((await run(['lint', good], plain)).code).toBe(0);
    expect((await run(['lint', join(folder, 'absent')], plain)).code).toBe(2);
    expect((await run(['lint', '--protocol', 'X', good])).code).toBe(2);
    expect(
      (await run(['lint', '--protocol', 'TLS_PASSTHROUGH', good], plain)).out,
    ).toContain('impossible-condition-key');
  });

  it('runs suites', async () => {
    const { code, out } = await run(
      ['test', await write('suite.yaml', SUITE)],
      plain,
    );

    expect(out).toContain('✓ reads');
    expect(out).toContain('4 cases: 4 passed, 0 failed');
    expect(code).toBe(0);
  });

  it('says why a case of a suite failed', async () => {
    const suite = SUITE.replace('expect: denied', 'expect: allowed').replace(
      'statement: Read',
      'statement: Write',
    );
    const { code, out } = await run(
      ['test', await write('suite.yaml', suite)],
      plain,
    );

    expect(code).toBe(1);
    expect(out).toContain('✗ does not write');
    expect(out).toContain('expected allowed, but it is denied');
    expect(out).toContain('expected statement Write to decide, but Read and 0');
    expect(out).toContain('4 cases: 2 passed, 2 failed');
  });

  it.each([
    ['nonsense: [', /suite\.yaml: /],
    ['cases: []', /cases/],
    ['cases: [{ name: a, expect: maybe }]', /cases\.0\.expect/],
    ['cases: [{ name: a, expect: denied }]', /case "a": .*principal/],
    [SUITE.replace('./policy.json', './absent.json'), /absent\.json/],
  ])('refuses the suite %j', async (text, message) => {
    const { code, error } = await run([
      'test',
      await write('suite.yaml', text),
    ]);

    expect(code).toBe(2);
    expect(error).toMatch(message);
  });

  it('compares policies by meaning', async () => {
    const one = join(folder, 'policy.json');
    const other = await write(
      'other.json',
      JSON.stringify(policy).replace('GET', 'PUT'),
    );
    const same = await run(['diff', one, one], plain);
    const { code, out } = await run(['diff', one, other], plain);

    expect(same.code).toBe(0);
    expect(same.out).toContain('say the same of every request');
    expect(code).toBe(1);
    expect(out).toContain(
      'allowed (statement Read) → denied (no statement decides)',
    );
    expect(out).toContain('e.g. GET /');
    expect(out).toContain('2 differences');
    const bad = await write('bad.json', '{}');
    expect((await run(['diff', one, bad])).code).toBe(2);
    expect((await run(['diff', one])).code).toBe(2);
  });

  it('refuses other commands', async () => {
    for (const args of [
      [],
      ['decide'],
      ['lint'],
      ['x', '--case', 'y'],
      ['z', 'y'],
    ]) {
      const { code, error } = await run(args);
      expect({ code, error }).toEqual({
        code: 2,
        error: expect.stringContaining('Usage'),
      });
    }
    expect((await run(['--help'])).code).toBe(0);
  });
});
