import {
  appendFile,
  link as hardLink,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  callLine,
  connectionLine,
  deniedLine,
  objectKey,
  SERVICE,
} from '../__testUtils__/lines';
import { main } from './main';

// Many files are written, and other tests run beside.
jest.setTimeout(60_000);

const OTHER = SERVICE.replace('svc-0a', 'svc-1b');

describe('lattice-logs', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'main-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** Keys that end in `.gz` are packed. */
  async function write(
    name: string,
    lines: readonly string[] | Buffer,
  ): Promise<string> {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    const text = Buffer.isBuffer(lines)
      ? lines
      : Buffer.from(lines.map(line => `${line}\n`).join(''));
    await writeFile(
      path,
      name.endsWith('.gz') && !Buffer.isBuffer(lines) ? gzipSync(text) : text,
    );
    return path;
  }

  async function run(args: string[], signal?: AbortSignal) {
    const out: string[] = [];
    const error: string[] = [];
    const code = await main(args, {
      output: {
        out: line => out.push(line),
        error: line => error.push(line),
      },
      paint: (_, text) => text,
      signal,
    });
    return { code, out: out.join('\n'), error: error.join('\n') };
  }

  async function report(...args: string[]) {
    const { code, out, error } = await run(['report', '--json', ...args]);
    expect(code).toBe(0);
    expect(out).not.toContain('\n');
    return { ...JSON.parse(out), error };
  }

  it('prints the object that is documented, and nothing else', async () => {
    await write(objectKey('svc-1', 'a'), [
      callLine(1),
      deniedLine(2),
      deniedLine(3),
      callLine(4, { responseCode: 403 }),
      callLine(5, { failureReason: 'TargetConnectionError' }),
      connectionLine(6),
      'oops',
    ]);
    // Delivered again in an object of another name; the network's log tells of one call, too.
    await write(objectKey('svc-1', 'b'), [deniedLine(2)]);
    await write(objectKey('sn-1', 'c'), [deniedLine(3), callLine(7)]);
    const { out, error } = await run(['report', folder, '--json']);
    expect(error).toBe('');
    expect(JSON.parse(out)).toEqual({
      lines: 10,
      records: 6,
      connections: 1,
      duplicates: 1,
      twins: 1,
      unparsed: 1,
      from: '2026-11-22T10:00:10Z',
      to: '2026-11-22T10:01:10Z',
      services: [
        {
          serviceArn: SERVICE,
          outcomes: {
            allowed: 2,
            'denied-by-network': 0,
            'denied-by-service': 2,
            'denied-by-identity': 0,
            'target-refused': 1,
            failed: 1,
          },
        },
      ],
      causes: [
        {
          caller: 'arn:aws:iam::445566778899:role/orders',
          serviceArn: SERVICE,
          method: 'GET',
          path: '/orders/*',
          outcome: 'denied-by-service',
          count: 2,
          firstSeen: '2026-11-22T10:00:20Z',
          lastSeen: '2026-11-22T10:00:30Z',
        },
      ],
    });
  });

  it('says null where there is no record', async () => {
    const path = await write('empty.json', []);
    expect(await report(path)).toMatchObject({
      lines: 0,
      from: null,
      to: null,
      services: [],
      causes: [],
    });
  });

  it('counts the same however lines are ordered, cut into files and repeated', async () => {
    // Of twelve calls, two connections and lines that are none.
    const pool = [
      ...Array.from({ length: 6 }, (_, id) => callLine(id)),
      ...Array.from({ length: 6 }, (_, id) => deniedLine(100 + id)),
      connectionLine(1),
      connectionLine(2),
      'oops',
      '{"startTime":1}',
    ];
    const delivery = fc.record({
      line: fc.nat(pool.length - 1),
      resource: fc.constantFrom('sn-1', 'svc-1'),
      file: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(delivery, { minLength: 1, maxLength: 60 }),
        async deliveries => {
          await rm(folder, { recursive: true });
          const files = new Map<string, string[]>();
          for (const { line, resource, file } of deliveries) {
            const key = objectKey(resource, String(file));
            files.set(key, [...(files.get(key) ?? []), pool[line]]);
          }
          for (const [key, lines] of files) {
            await write(key, lines);
          }
          const readable = deliveries.filter(({ line }) => line < 14);
          const distinct = new Set(readable.map(({ line }) => line));
          const seen = new Set(
            readable.map(({ line, resource }) => `${line} ${resource}`),
          );
          const { services, causes, ...counts } = await report(folder);
          expect(counts).toMatchObject({
            lines: deliveries.length,
            records: [...distinct].filter(line => line < 12).length,
            connections: [...distinct].filter(line => line >= 12).length,
            twins: seen.size - distinct.size,
            duplicates: readable.length - seen.size,
            unparsed: deliveries.length - readable.length,
          });
          const calls = services.flatMap((row: any) =>
            Object.values(row.outcomes),
          );
          const sum = (numbers: number[]) =>
            numbers.reduce((one, other) => one + other, 0);
          expect(sum(calls)).toBe(counts.records);
          expect(sum(causes.map((cause: any) => cause.count))).toBe(
            [...distinct].filter(line => line >= 6 && line < 12).length,
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes loose files by folder and text', async () => {
    await write('one/a.log', [callLine(1), callLine(2), callLine(2)]);
    await write('one/2026/11/b.log', [
      callLine(1),
      // Not the same text: not the same delivery.
      callLine(2, { listenerId: 'l' }),
    ]);
    await write('two/a.log', [callLine(1)]);
    expect(await report(folder)).toMatchObject({
      lines: 6,
      records: 2,
      duplicates: 2,
      twins: 2,
    });
  });

  it('takes a call in two streams of one log group for a twin', async () => {
    const line = (stream: string) =>
      `2026-11-22T10:00:01.123000+00:00 ${stream} ${callLine(1)}`;
    await write('tail.log', [line('sn-1'), line('svc-1'), line('svc-1')]);
    expect(await report(folder)).toMatchObject({
      records: 1,
      twins: 1,
      duplicates: 1,
    });
  });

  it('reads what Firehose and CloudWatch Logs make of lines', async () => {
    const batch = JSON.stringify({
      messageType: 'DATA_MESSAGE',
      logGroup: '/lattice',
      logEvents: [{ message: callLine(1) }, { message: callLine(2) }],
    });
    await write(
      'firehose/2026/11/22/10/s-1-2026-11-22-10-05-33-8ce5e6a1-4f3c-4b0a-9d5f-0d2f1f1f9a01.gz',
      [callLine(3) + callLine(4) + batch + batch],
    );
    await write(
      'export/8ce5e6a1-4f3c-4b0a-9d5f-0d2f1f1f9a01/stream/000000.gz',
      [`2026-11-22T10:00:00.000Z ${callLine(5)}`],
    );
    expect(await report(folder)).toMatchObject({
      lines: 7,
      records: 5,
      duplicates: 2,
    });
  });

  it('reads what is readable of broken gzip, and says so', async () => {
    const lines = Array.from({ length: 2000 }, (_, id) =>
      callLine(id, { userAgent: Math.sin(id).toString(36) }),
    );
    const packed = gzipSync(lines.join('\n'));
    const cutOff = await write(
      objectKey('svc-1', 'a'),
      packed.subarray(0, packed.length / 2),
    );
    const { records, unparsed, problems, error } = await report(folder);
    expect(records).toBeGreaterThan(800);
    expect(records).toBeLessThan(1200);
    expect(unparsed).toBe(1);
    expect(problems).toEqual([
      { file: cutOff, problem: expect.stringContaining('cut off') },
    ]);
    expect(error).toContain('cut off');
    expect((await run(['report', folder])).error).toBe(error);
  });

  it('survives what anybody can put into a log', async () => {
    const hostile = [
      '</title><script>alert(1)</script>',
      '\u001b[2J\u202e\n"\'&<b>',
      '__proto__',
      'x'.repeat(10_000),
    ];
    await write('a.log', [
      ...hostile.map((text, id) =>
        deniedLine(id, {
          requestMethod: text,
          requestPath: `/${text}`,
          hostHeader: text,
          userAgent: text,
          requestId: text,
          callerPrincipalTags: text,
        }),
      ),
      JSON.stringify({ ...JSON.parse(callLine(9)), [hostile[0]]: hostile }),
      callLine(10, { responseCode: [403], duration: {}, requestPath: 7 }),
      callLine(11, { userAgent: 'y'.repeat(10 * 1024 * 1024) }),
      `"${hostile[0]}`,
      '{"a":'.repeat(100_000),
    ]);
    expect(await report(folder)).toMatchObject({
      lines: 9,
      records: 7,
      unparsed: 2,
    });
    // A name of a file, which the file system says again with what is wrong with it.
    const circle = join(folder, '\u001b[31m.log');
    await symlink(circle, circle);
    const html = join(folder, 'report.html');
    const { code, out, error } = await run(['report', folder, '--html', html]);
    expect(code).toBe(0);
    expect(error).toContain('ELOOP');
    // eslint-disable-next-line no-control-regex
    expect(out + error).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const page = await readFile(html, 'utf8');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202e');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/(src|href)=|url\(|@import/);
  });

  it('breaks no time on the page, and paths behind a slash', async () => {
    const path = await write('a.log', [deniedLine(2)]);
    const html = join(folder, 'report.html');
    await run(['report', path, '--html', html]);
    const page = await readFile(html, 'utf8');
    expect(page).toContain('<td class="time">2026-11-22T10:00:20Z</td>');
    expect(page).toContain(
      '<th scope="row" class="time">2026-11-22 10:00</th>',
    );
    expect(page).toContain('<td>/<wbr>orders/*</td>');
    expect(page).toMatch(/\.time {[^}]*white-space: nowrap/);
    // It takes the place for a break out of the least width of a column.
    expect(page).not.toContain('overflow-wrap: anywhere');
  });

  it('filters by time, service and caller', async () => {
    await write('a.log', [
      callLine(0),
      callLine(6),
      callLine(12, { serviceArn: OTHER }),
      callLine(18, { resolvedUser: 'Anonymous' }),
      connectionLine(24),
      'oops',
    ]);
    const count = async (...args: string[]) => {
      const { lines, records, connections, outside, unparsed } = await report(
        folder,
        ...args,
      );
      expect(lines).toBe(records + connections + unparsed);
      return [records, connections, outside];
    };
    expect(await count('--from', '2026-11-22T10:01:00Z')).toEqual([3, 1, 1]);
    expect(await count('--to', '2026-11-22T11:01:00+01:00')).toEqual([1, 0, 4]);
    expect(await count('--from', '2026-11-23')).toEqual([0, 0, 5]);
    expect(await count('--service', OTHER)).toEqual([1, 0, 4]);
    expect(await count('--service', 'rcfg-1')).toEqual([0, 1, 4]);
    expect(await count('--caller', 'orders')).toEqual([3, 0, 2]);
    expect(await count('--caller', '445566778899')).toEqual([3, 0, 2]);
    expect(await count('--caller', 'anonymous')).toEqual([1, 0, 4]);
  });

  it('decides the calls by proposed policies', async () => {
    await write('a.log', [
      callLine(1),
      callLine(2, { requestPath: '/admin' }),
      deniedLine(3),
      deniedLine(4, { requestPath: '/admin' }),
      callLine(5, { serviceArn: OTHER }),
      callLine(6, { resolvedUser: '-' }),
      callLine(7, {
        authDeniedReason: '-',
        failureReason: 'TargetConnectionError',
      }),
    ]);
    const policy = (Resource: string) => [
      JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource }],
      }),
    ];
    const network = await write('network.policy', policy('*'));
    const service = await write(
      'service.policy',
      policy(`${SERVICE}/orders/*`),
    );
    const { replay } = await report(
      join(folder, 'a.log'),
      '--policy-network',
      network,
      '--policy-service',
      `${SERVICE}=${service}`,
    );
    expect(replay).toMatchObject({
      newlyAllowed: 1,
      newlyDenied: 1,
      // Also the call whose caller is not on record: the policies let everybody in.
      unchanged: 4,
      unknown: 1,
      groups: expect.arrayContaining([
        expect.objectContaining({
          change: 'newly-allowed',
          caller: 'arn:aws:iam::445566778899:role/orders',
          serviceArn: SERVICE,
          method: 'GET',
          path: '/orders/*',
          count: 1,
          examples: [expect.objectContaining({ requestId: 'r-3' })],
        }),
        expect.objectContaining({ change: 'newly-denied', path: '/admin' }),
      ]),
    });
    const { groups, unchanged, unchangedGroups } = replay as any;
    const counted = (some: { count: number }[]) =>
      some.reduce((sum, { count }) => sum + count, 0);
    expect(counted(groups)).toBe(3);
    expect(counted(unchangedGroups.largest)).toBe(unchanged);
    expect(unchangedGroups.largest).toContainEqual(
      expect.objectContaining({
        change: 'unchanged',
        serviceArn: OTHER,
        method: 'GET',
        path: '/orders/*',
        examples: [expect.objectContaining({ requestId: 'r-5' })],
      }),
    );
    const { out, error } = await run([
      'report',
      join(folder, 'a.log'),
      '--policy-network',
      network,
    ]);
    expect(out).toContain('Under the proposed policies');
    expect(out).not.toContain('No call to');
    expect(error).toBe('');
  });

  it('says that a policy was proposed for a service that is not in the logs', async () => {
    const path = await write('a.log', [callLine(1)]);
    const policy = await write('policy.json', [
      '{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}',
    ]);
    const asked = [path, '--policy-service', `${OTHER}=${policy}`];
    const { replay, error } = await report(...asked);
    expect(replay).toMatchObject({
      unchanged: 1,
      // Nothing is proposed for the services of these calls.
      unchangedGroups: { count: 0, largest: [] },
      servicesWithoutCalls: [OTHER],
    });
    const warning = `No call to ${OTHER} in these logs`;
    expect(error).toContain(warning);
    const html = join(folder, 'report.html');
    const shown = await run(['report', ...asked, '--html', html]);
    expect(shown.out).toContain(warning);
    expect(shown.error).toContain(warning);
    expect(await readFile(html, 'utf8')).toContain(warning);
    const other = await report(
      ...asked,
      '--policy-service',
      `${SERVICE}=${policy}`,
    );
    expect(other.replay).toMatchObject({
      newlyDenied: 1,
      servicesWithoutCalls: [OTHER],
    });
  });

  it('tells of what in a folder can not be looked at, and reads the rest', async () => {
    await write('a.log', [callLine(1)]);
    const dangling = join(folder, 'dangling.log');
    const circle = join(folder, 'circle.log');
    await symlink(join(folder, 'nothing'), dangling);
    await symlink(circle, circle);
    // The same file once more.
    await symlink(join(folder, 'a.log'), join(folder, 'again.log'));
    const { records, duplicates, problems } = await report(folder);
    expect({ records, duplicates }).toEqual({ records: 1, duplicates: 0 });
    expect(problems).toEqual(
      expect.arrayContaining([
        { file: dangling, problem: 'is a link to what is not there' },
        { file: circle, problem: expect.stringContaining('ELOOP') },
      ]),
    );
    expect(problems).toHaveLength(2);
    await rm(join(folder, 'a.log'));
    const { code, error } = await run(['report', folder]);
    expect(code).toBe(2);
    expect(error).toMatch(/no file in .*link to what is not there/);
  });

  it('keeps lines aside, with where they are and why', async () => {
    const path = await write('a.log', [callLine(1), 'oops', '', '[]', '{"a"']);
    const file = join(folder, 'aside.json');
    const { out } = await run(['report', path, '--unparsed', file]);
    expect(out).toContain('2 lines kept aside: not JSON');
    expect(out).toContain(`${path}:2: oops`);
    expect(
      (await readFile(file, 'utf8'))
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([
      { file: path, line: 2, reason: 'not JSON', text: 'oops' },
      { file: path, line: 4, reason: 'not a JSON object', text: '[]' },
      { file: path, line: 5, reason: 'not JSON', text: '{"a"' },
    ]);
  });

  it('does not read what it writes', async () => {
    await write('logs/a.log', [callLine(1), 'oops']);
    const logs = join(folder, 'logs');
    const link = join(folder, 'link');
    await symlink(logs, link);
    // By way of a link to the folder, and of one to the file.
    const html = join(link, 'report.html');
    const aside = join(folder, 'aside.json');
    await symlink(join(logs, 'aside.json'), aside);
    for (let round = 0; round < 2; round++) {
      const found = await report(logs, '--html', html, '--unparsed', aside);
      expect(found).toMatchObject({ lines: 2, records: 1, unparsed: 1 });
    }
    expect(await readFile(join(logs, 'aside.json'), 'utf8')).toContain('oops');
  });

  it.each<[string, (paths: Record<string, string>) => string[]]>([
    ['a page', ({ log }) => [log, '--html', log]],
    ['lines kept aside', ({ log }) => [log, '--unparsed', log]],
    ['a page by a link', ({ log, link }) => [log, '--html', link]],
    ['a page by another link', ({ log, link }) => [link, '--html', log]],
    ['a page by its number', ({ log, same }) => [same, '--html', log]],
    ['a page to a folder', ({ logs }) => [logs, '--html', logs]],
    [
      'a page over a policy',
      ({ log, policy }) => [log, '--policy-network', policy, '--html', policy],
    ],
  ])('refuses to write %s over what it reads', async (_, args) => {
    const lines = [callLine(1), 'oops'];
    const log = await write('logs/a.log', lines);
    const policy = await write('policy.json', [
      '{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}',
    ]);
    const before = await readFile(policy, 'utf8');
    const [link, same] = [join(folder, 'link'), join(folder, 'same')];
    await symlink(log, link);
    await hardLink(log, same);
    const logs = dirname(log);
    const { code, out, error } = await run([
      'report',
      ...args({ log, link, same, logs, policy }),
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(/would write over .*, which is to be read/);
    expect(await readFile(log, 'utf8')).toBe(`${lines.join('\n')}\n`);
    expect(await readFile(policy, 'utf8')).toBe(before);
  });

  it('refuses to write two things to one file', async () => {
    const log = await write('logs/a.log', [callLine(1)]);
    const file = join(folder, 'x');
    const { code, error } = await run([
      'report',
      log,
      '--html',
      file,
      '--unparsed',
      file,
    ]);
    expect(code).toBe(2);
    expect(error).toContain('the same file');
  });

  it('says where there is nothing on record', async () => {
    const path = await write('a.log', [callLine(0), callLine(360)]);
    const { out } = await run(['report', path]);
    expect(out).toContain(
      'no record from 2026-11-22 10:05 to 2026-11-22 11:00 (55 min)',
    );
  });

  it('goes on as files grow, come, shrink and are packed', async () => {
    const path = await write('a.log', [callLine(1)]);
    const ending = new AbortController();
    const shown: string[] = [];
    const next = async (change: () => Promise<unknown>, expected: string) => {
      await change();
      while (!shown.some(text => text.includes(expected))) {
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      shown.length = 0;
    };
    const watching = main(['report', '--watch', folder], {
      output: {
        out: line => {
          if (/^ {2}(calls|kept aside)/.test(line)) {
            shown.push(line.replace(/ +/g, ' '));
          }
        },
        error: line => shown.push(line),
      },
      paint: (_, text) => text,
      signal: ending.signal,
    });
    await next(async () => {}, 'calls 1');
    const half = callLine(2);
    await next(
      () => appendFile(path, `${callLine(3)}\n${half.slice(0, 9)}`),
      'calls 2',
    );
    await next(() => appendFile(path, `${half.slice(9)}\n`), 'calls 3');
    await next(() => write('b.log.gz', [callLine(4)]), 'calls 4');
    await next(() => write('b.log.gz', [callLine(5), callLine(6)]), 'calls 5');
    await next(() => truncate(path, 0), 'calls 2');
    ending.abort();
    expect(await watching).toBe(0);
  });

  it.each<[string, (folder: string) => string[], RegExp]>([
    ['no command', () => [], /report PATH/],
    ['no path', () => ['report'], /report PATH/],
    ['another command', () => ['count', '.'], /report PATH/],
    ['an option that there is not', () => ['report', '.', '--x'], /--x/],
    ['a path that is not there', at => ['report', join(at, 'x')], /Can't read/],
    ['a folder without files', at => ['report', at], /no file/],
    ['a bad time', at => ['report', at, '--from', 'now'], /--from takes/],
    [
      'a window without length',
      at => ['report', at, '--from', '2026-11-22', '--to', '2026-11-22'],
      /--from must be before/,
    ],
    [
      'two ways to show',
      at => ['report', at, '--json', '--watch'],
      /one of the two/,
    ],
    [
      'a policy without ARN',
      at => ['report', at, '--policy-service', 'x.json'],
      /ARN=FILE/,
    ],
    ...[
      'arn:aws:vpc-lattice:us-east-1:223344556677:servicenetwork/sn-0a1',
      'arn:aws:vpc-lattice:us-east-1:22334455667:service/svc-0a1',
      'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1/listener/x',
      'arn:aws:ecs:us-east-1:223344556677:service/svc-0a1',
    ].map((arn): [string, (folder: string) => string[], RegExp] => [
      `a policy of ${arn}`,
      at => ['report', at, '--policy-service', `${arn}=x.json`],
      /ARN of a VPC Lattice service/,
    ]),
    [
      'a policy that is not there',
      at => ['report', at, '--policy-network', join(at, 'x')],
      /Can't read the policy/,
    ],
    ['bad threads', at => ['report', at, '--threads', '-1'], /--threads/],
  ])('refuses %s', async (_, args, message) => {
    const { code, out, error } = await run(args(folder));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(message);
  });

  it('refuses a policy that is none', async () => {
    const path = await write('policy.json', ['{"Statement":"x"}']);
    const { code, error } = await run([
      'report',
      path,
      '--policy-network',
      path,
    ]);
    expect(code).toBe(2);
    expect(error).toMatch(/policy.json is no valid auth policy: \$/);
  });

  it('helps', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('--policy-service ARN=FILE');
  });
});
