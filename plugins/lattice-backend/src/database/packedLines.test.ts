import { gzipSync } from 'node:zlib';
import {
  callKey,
  connectionKey,
  parseAccessLogLine,
} from '@lattice-portal/access-logs';
import fc from 'fast-check';
import { accessLogText } from '../__testUtils__/accessLogLines';
import {
  type NewLine,
  packHours,
  packLines,
  unpackRecords,
} from './packedLines';

const connectionText = (sourceIpPort: string) =>
  JSON.stringify({
    eventTimestamp: '2026-11-22T10:00:00Z',
    serviceNetworkArn: 'arn:aws:vpc-lattice:us-east-1:1:servicenetwork/sn-1',
    resourceConfigurationArn:
      'arn:aws:vpc-lattice:us-east-1:1:resourceconfiguration/rcfg-1',
    sourceIpPort,
  });

const line = (
  text: string,
  sourceId: string,
  isTwin: boolean,
  kind: NewLine['kind'] = 'call',
): NewLine => ({ kind, text: Buffer.from(text), sourceId, isTwin });

describe('packedLines', () => {
  it('gives back every line with its source, whatever it says', async () => {
    const lines = fc.array(
      fc.record({
        isCall: fc.boolean(),
        value: fc.string({ unit: 'binary' }),
        indent: fc.constantFrom(undefined, 2),
        sourceId: fc.string({ unit: 'binary' }),
        isTwin: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(lines, async some => {
        const texts = some.map(({ isCall, value, indent }) =>
          // A line of CloudWatch Logs may have line breaks.
          JSON.stringify(
            JSON.parse(
              isCall
                ? accessLogText({ requestId: value, path: `/${value}` })
                : connectionText(value),
            ),
            undefined,
            indent,
          ),
        );
        const packed = await packLines(
          some.map(({ isCall, sourceId, isTwin }, at) =>
            line(texts[at], sourceId, isTwin, isCall ? 'call' : 'connection'),
          ),
        );
        const { calls, connections, hoursRead } = await unpackRecords([
          packed,
          await packHours([1]),
          packed,
        ]);
        const expected = (isCall: boolean) =>
          some.flatMap((one, at) => {
            const parsed = parseAccessLogLine(
              Buffer.from(texts[at]).toString(),
            );
            if (!parsed.ok || one.isCall !== isCall) {
              return [];
            }
            const { sourceId, isTwin } = one;
            const key =
              parsed.kind === 'service'
                ? callKey(parsed.record)
                : connectionKey(parsed.record);
            return [{ key, sourceId, isTwin, record: parsed.record }];
          });
        const twice = <Item>(items: Item[]) => [...items, ...items];
        expect([...calls]).toEqual(
          twice(expected(true)).map(call => ({
            ...call,
            outcome: 'allowed',
            callerId: expect.any(String),
          })),
        );
        expect([...connections]).toEqual(twice(expected(false)));
        expect(hoursRead).toEqual([1]);
        // Made anew.
        expect([...calls]).toHaveLength(2 * expected(true).length);
      }),
      { numRuns: 60 },
    );
  });

  it('gives back what an earlier version wrote down', async () => {
    const records = {
      calls: [{ key: 'a', sourceId: 'network', isTwin: false }],
      connections: [{ key: 'b', sourceId: 'network', isTwin: true }],
      hoursRead: [3_600_000],
    };
    const before = gzipSync(JSON.stringify(records));
    const now = await packLines([
      line(accessLogText({ requestId: 'new' }), 'service', true),
    ]);
    const { calls, connections, hoursRead } = await unpackRecords([
      before,
      now,
    ]);
    expect([...calls]).toEqual([
      records.calls[0],
      expect.objectContaining({
        sourceId: 'service',
        isTwin: true,
        record: expect.objectContaining({ requestId: 'new' }),
      }),
    ]);
    expect([...connections]).toEqual(records.connections);
    expect(hoursRead).toEqual(records.hoursRead);
  });
});
