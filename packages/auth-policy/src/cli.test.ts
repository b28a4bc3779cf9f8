import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const good = {
  request: { principal: null, path: '/', serviceArn: SERVICE },
  network: { authType: 'NONE' },
  service: {
    authType: 'AWS_IAM',
    policy: {
      Statement: [
        {
          Sid: 'Post',
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: {
            StringEquals: { 'vpc-lattice-svcs:RequestHeader/x': 'a' },
          },
        },
      ],
    },
  },
  identity: null,
};
const verdict = {
  outcome: 'unknown',
  layers: [
    { layer: 'network', result: 'not-enforced', nearest: [], unknown: [] },
    {
      layer: 'service',
      result: 'unknown',
      nearest: [],
      unknown: [
        "vpc-lattice-svcs:RequestHeader/x: the request's headers are not known",
      ],
    },
    { layer: 'identity', result: 'not-applicable', nearest: [], unknown: [] },
  ],
};

function run(
  ...args: string[]
): Promise<{ code: number; out: string; error: string }> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        join(__dirname, 'cli.ts'),
        ...args,
      ],
      (failure, out, error) =>
        resolve({ code: Number(failure?.code ?? 0), out, error }),
    );
  });
}

describe('lattice-policy decide', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lattice-policy-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function write(name: string, content: unknown): Promise<string> {
    const path = join(folder, name);
    await writeFile(
      path,
      typeof content === 'string' ? content : JSON.stringify(content),
    );
    return path;
  }

  it('prints one verdict', async () => {
    const path = await write('good.json', good);
    const { code, out, error } = await run('decide', '--case', path);

    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(JSON.parse(out)).toEqual(verdict);
  });

  it('reads a folder in name order and says which file is bad', async () => {
    await write('b.json', { ...good, request: { principal: null } });
    await write('a.json', good);
    await write('c.json', 'nonsense');
    await write('notes.txt', 'not a case');
    const { code, out } = await run('decide', '--case', folder);

    expect(code).toBe(2);
    expect(
      out
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([
      { case: 'a.json', ...verdict },
      {
        case: 'b.json',
        error: expect.stringContaining('request.serviceArn'),
      },
      { case: 'c.json', error: expect.stringContaining('not JSON') },
    ]);
  });

  it('refuses bad input', async () => {
    const path = await write('bad.json', '{}');
    for (const args of [
      ['decide', '--case', path],
      ['decide', '--case', join(folder, 'absent.json')],
      ['decide'],
      ['decide', '--cases', path],
    ]) {
      const { code, out, error } = await run(...args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(error).not.toBe('');
    }
  });

  it('sees a key that is given twice in an inline policy', async () => {
    const text = JSON.stringify(good).replace(
      '"Effect":"Allow"',
      '"Effect":"Deny","Effect":"Allow"',
    );
    const { out } = await run('decide', '--case', await write('x.json', text));

    expect(JSON.parse(out).layers[1].unknown).toEqual([
      expect.stringContaining(
        'invalid policy: $.Statement[0].Effect: Effect is given twice',
      ),
    ]);
  });

  it('runs the examples of the README', async () => {
    const example = (name: string) => join(__dirname, '../examples/cli', name);
    for (const [args, code, words] of [
      [['explain', '--case', example('case.json')], 0, 'DENIED'],
      [['lint', example('orders-next.json')], 0, 'allows-anonymous'],
      [['test', example('orders.test.yaml')], 0, '3 passed, 0 failed'],
      [
        ['diff', example('orders.json'), example('orders-next.json')],
        1,
        'denied (no statement decides) → allowed (statement ReadOrders)',
      ],
    ] as const) {
      const result = await run(...args);
      expect({ code: result.code, error: result.error }).toEqual({
        code,
        error: '',
      });
      expect(result.out).toContain(words);
      expect(result.out).not.toContain('\u001b');
    }
  });
});
