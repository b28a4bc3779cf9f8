import fc from 'fast-check';
import { type LineBytes, textOf } from '../parse/LineBytes';
import { type Line, LineSplitter } from './LineSplitter';
import { unwrapLine } from './unwrapLine';

type SplitLine = Omit<Line, keyof LineBytes> & { text: string };

function split(chunks: Buffer[], maxBytes?: number): SplitLine[] {
  const lines: SplitLine[] = [];
  const splitter = new LineSplitter(
    line => {
      const { bytes, start, stop, ...rest } = line;
      // Who looks for the end of a line in its bytes finds it.
      expect(bytes[stop]).toBe(10);
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
