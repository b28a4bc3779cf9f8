import fc from 'fast-check';
import { type LineBytes, textOf } from '../parse/LineBytes';
import { type Line, LineSplitter } from './LineSplitter';
import { unwrapLine } from './unwrapLine';

type SplitLine = Omit<Line, keyof LineBytes> & { text: string };

function split(chunks: Buffer[], maxBytes?: number): SplitLine[] {
  const lines: SplitLine[] = [];
  const ends = new Set<number>();
  const splitter = new LineSplitter(
    line => {
      const { bytes, start, stop, ...rest } = line;
      ends.add(bytes[stop]);
      lines.push({ ...rest, text: textOf(line) });
    },
    { maxBytes },
  );
  for (const chunk of chunks) {
    // Whoever reads into the same memory again must not change lines.
    const copy = Buffer.from(chunk);
    splitter.write(copy);
    copy.fill(0);
  }
  splitter.end();
  // Who looks for the end of a line in its bytes finds it.
  expect([...ends]).toEqual(lines.length > 0 ? [10] : []);
  return lines;
}

function cut(bytes: Buffer, sizes: number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let start = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(start, start + size));
    start += size;
  }
  return [...chunks, bytes.subarray(start)];
}

describe('LineSplitter', () => {
  it('gives the same lines however the bytes come', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'grapheme' }),
            fc.constant('{"a":"}{\\""}'.repeat(9000)),
          ),
        ),
        fc.array(fc.nat(50_000)),
        (texts, sizes) => {
          const lines = texts.map(text => text.replace(/\n/g, ' '));
          const whole = Buffer.from(lines.join('\n'));
          const joined = split(cut(whole, sizes))
            .reduce<string[]>((sum, { text, number }) => {
              sum[number - 1] = (sum[number - 1] ?? '') + text;
              return sum;
            }, [])
            .map(text => text ?? '');
          for (const [index, line] of lines.entries()) {
            expect(joined[index] ?? '').toBe(line.trim() === '' ? '' : line);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('hands on the objects of an endless line one by one', () => {
    const object = JSON.stringify({ a: '}{"\\', b: { c: 'x'.repeat(1000) } });
    const bytes = Buffer.from(object.repeat(1000));
    const sizes = new Array(bytes.length >> 13).fill(8192);
    const texts = split(cut(bytes, sizes)).map(line => line.text);
    expect(texts.length).toBeGreaterThan(900);
    expect(texts.join('')).toBe(object.repeat(1000));
    expect(texts.flatMap(text => unwrapLine(text))).toHaveLength(1000);
  });

  it('keeps the start of a line that is too long, and goes on behind it', () => {
    const lines = split(
      [Buffer.from(`{"a":"${'x'.repeat(200)}`), Buffer.from('y\n{}\n')],
      100,
    );
    expect(lines).toEqual([
      {
        text: `{"a":"${'x'.repeat(200)}`,
        number: 1,
        end: 206,
        isTooLong: true,
      },
      { text: '{}', number: 2, end: 211 },
    ]);
  });

  it('takes a line for too long whatever pieces it comes in', () => {
    const object = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;
    const text = [
      object(100),
      object(101),
      `${object(60)}${object(100)}half${object(98)}`,
      `${object(60)}${object(101)}${object(60)}`,
      object(70) + object(20),
    ].join('\n');
    const cutBySize = (size: number) => {
      const sizes = new Array(Math.floor(text.length / size)).fill(size);
      return split(cut(Buffer.from(text), sizes), 100);
    };
    const found = cutBySize(1000).map(line => [
      line.number,
      // Of what is too long only the start is told.
      line.isTooLong ? 'too long' : line.text,
    ]);
    expect(found).toEqual([
      [1, object(100)],
      [2, 'too long'],
      [3, object(60)],
      [3, object(100)],
      [3, 'too long'],
      [4, object(60)],
      [4, 'too long'],
      [5, object(70) + object(20)],
    ]);
    for (const size of [1, 7, 60, 99, 100, 101, 150]) {
      expect(
        cutBySize(size).map(line => [
          line.number,
          line.isTooLong ? 'too long' : line.text,
        ]),
      ).toEqual(found);
    }
  });

  it('takes little time for what is made to take long', () => {
    const start = Date.now();
    for (const text of ['}{"', '{"a":[x{"a":[{"a":[y', '{"a":{"b{"', '{"']) {
      const bytes = Buffer.from(text.repeat(1_000_000 / text.length));
      split(cut(bytes, new Array(100).fill(10_000)));
    }
    // With each place to start from looked through to the end it takes hours.
    expect(Date.now() - start).toBeLessThan(20_000);
  });
});

describe('unwrapLine', () => {
  const record = { startTime: '2026-11-22T10:00:00Z', requestPath: '/{"' };
  const text = JSON.stringify(record);
  it.each<[string, string, unknown[]]>([
    ['a record', text, [record]],
    ['a byte order mark', `\uFEFF${text}`, [record]],
    [
      'an export of CloudWatch Logs',
      `2026-11-22T10:00:01.123Z ${text}`,
      [record],
    ],
    [
      'aws logs tail',
      `2026-11-22T10:00:01.123000+00:00 stream-1 ${text}`,
      [record],
    ],
    ['aws logs tail --format short', `2026-11-22T10:00:01 ${text}`, [record]],
    ['records without a newline between', text + text, [record, record]],
    [
      'a batch of log events',
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        logGroup: '/aws/lattice',
        logEvents: [{ id: '1', message: text }, { message: 'oops' }],
      }),
      [record, undefined],
    ],
    [
      'batches without a newline between',
      JSON.stringify({ logEvents: [{ message: text }] }).repeat(2),
      [record, record],
    ],
    [
      'an event of the AWS CLI',
      JSON.stringify({ timestamp: 1, message: text }),
      [record],
    ],
    [
      'a row of Logs Insights',
      JSON.stringify({ '@timestamp': 'x', '@message': record }),
      [record],
    ],
    ['a record that is cut off', text + text.slice(0, 20), [record, undefined]],
    [
      'records around one that is cut off',
      text + text.slice(0, 20) + text + text,
      [record, undefined, record, record],
    ],
    [
      'records behind the rest of one',
      text.slice(20) + text + text,
      [undefined, record, record],
    ],
    ['a record behind some text', `oops ${text}`, [undefined]],
    ['no JSON', 'oops', [undefined]],
    ['something else', '[1]', [[1]]],
    ['null', 'null', [null]],
  ])('takes %s', (_, line, expected) => {
    expect(unwrapLine(line).map(each => each.json)).toEqual(expected);
  });

  it('says which log group a batch is from', () => {
    const logEvents = [{ message: text }];
    expect(
      unwrapLine(JSON.stringify({ logGroup: '/aws/lattice', logEvents })),
    ).toEqual([{ json: record, text, logGroup: '/aws/lattice' }]);
  });

  it.each([
    [
      'a batch',
      JSON.stringify({
        logGroup: '/aws/lattice',
        logStream: 'svc-1',
        logEvents: [{ message: text }],
      }),
    ],
    [
      'the events of the AWS CLI',
      JSON.stringify({ events: [{ logStreamName: 'svc-1', message: text }] }),
    ],
    ['aws logs tail', `2026-11-22T10:00:01.123000+00:00 svc-1 ${text}`],
  ])('says which log stream a line of %s is from', (_, line) => {
    expect(unwrapLine(line)).toMatchObject([
      { json: record, text, logStream: 'svc-1' },
    ]);
  });

  it('never throws, and never gives nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), line => {
        expect(unwrapLine(line).length > 0 || line.trim() === '').toBe(true);
      }),
    );
  });
});
