import { isDenied, outcomes } from '@lattice-portal/plugin-lattice-common';
import fc from 'fast-check';
import { callLine, connectionLine, deniedLine } from '../__testUtils__/lines';
import { callerOf } from '../classify/callerOf';
import { classify } from '../classify/classify';
import { callKey } from '../fold/callKey';
import { connectionKey } from '../fold/connectionKey';
import { pathShape } from '../fold/pathShape';
import { parseAccessLogLine } from '../parse/parseAccessLogLine';
import { parseJson } from '../parse/parseJson';
import { ColumnsBuilder } from './ColumnsBuilder';
import { columnsOf } from './columnsOf';
import { type RecordColumns, recordKinds } from './RecordColumns';
import { callAt, connectionAt, hasTextAt, keyTextAt, textAt } from './recordAt';

const hostile = fc.oneof(
  fc.constantFrom('-', 'null', '', '\0', '\ud800', '__proto__', 'ü€𝄞', 'a'),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.integer(),
  fc.constant(null),
);

const fields = fc.dictionary(
  fc.constantFrom(
    'startTime',
    'serviceArn',
    'serviceNetworkArn',
    'sourceVpcId',
    'sourceVpcArn',
    'requestId',
    'requestPath',
    'resolvedUser',
    'callerPrincipal',
    'authDeniedReason',
    'failureReason',
    'responseCode',
    'duration',
    'unknownField',
  ),
  hostile,
  { maxKeys: 3 },
);

const text = fc.oneof(
  fc.tuple(fc.nat(50), fields).map(([id, given]) => callLine(id, given)),
  fc.tuple(fc.nat(50), fields).map(([id, given]) => deniedLine(id, given)),
  fc.nat(50).map(connectionLine),
  fc.constantFrom('{"half', '[]', '7', '{}', 'ü€𝄞'),
);

function serviceOf(id: number): string {
  return `arn:aws:vpc-lattice:eu-central-1:111122223333:service/svc-${id}`;
}

/** What a line is, read by itself. */
function read(line: string, at: number) {
  // Half of a character is no UTF-8.
  const lineText = Buffer.from(line).toString();
  const parsed = parseAccessLogLine(line);
  if (!parsed.ok) {
    const { reason } = parsed;
    const aside = { at, reason, place: `line ${at}` };
    return { kind: 'unparsed', text: lineText, time: at, aside };
  }
  if (parsed.kind === 'resource') {
    const { timestamp: time } = parsed.record;
    const key = connectionKey(parsed.record).slice(0, 32);
    return { kind: 'connection', text: lineText, time, key };
  }
  const { record } = parsed;
  const { kind, id, accountId } = callerOf(record);
  const outcome = classify(record);
  return {
    kind: 'call',
    text: lineText,
    time: record.timestamp,
    key: callKey(record).slice(0, 32),
    service: record.serviceArn,
    network: record.serviceNetworkArn ?? '',
    vpc: record.sourceVpcId ?? '',
    caller: { kind, id, accountId },
    outcome,
    duration: record.duration ?? NaN,
    denied: isDenied(outcome)
      ? {
          at,
          key: callKey(record),
          method: record.requestMethod ?? '',
          pathShape: pathShape(record.requestPath ?? ''),
          record: JSON.stringify(record),
        }
      : undefined,
  };
}

/** The same out of columns. */
function readColumnsAt(columns: RecordColumns, at: number) {
  const kind = recordKinds[columns.kinds[at]];
  const lineText = textAt(columns, at);
  const time = columns.times[at];
  if (kind === 'unparsed') {
    const aside = columns.asides.find(other => other.at === at);
    return { kind, text: lineText, time, aside };
  }
  const key = Buffer.from(keyTextAt(columns, at), 'hex')
    .swap32()
    .toString('hex');
  return kind === 'connection'
    ? { kind, text: lineText, time, key }
    : {
        kind,
        text: lineText,
        time,
        key,
        service: columns.serviceArns[columns.services[at]],
        network: columns.networkArns[columns.networks[at]],
        vpc: columns.vpcIds[columns.vpcs[at]],
        caller: columns.callerList[columns.callers[at]],
        outcome: outcomes[columns.outcomes[at]],
        duration: columns.durations[at],
        denied: columns.deniedCalls.find(other => other.at === at),
      };
}

describe('columnsOf', () => {
  it('has of every line what it says, in columns', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 80 }), lines => {
        const columns = columnsOf(
          lines.map((line, at) => ({
            id: `${at}`,
            text: line,
            timestamp: at,
            place: `line ${at}`,
          })),
        );
        expect(columns.size).toBe(lines.length);
        expect(lines.map((_, at) => readColumnsAt(columns, at))).toEqual(
          lines.map(read),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('has whole records at hand', () => {
    const columns = columnsOf(
      [callLine(1), connectionLine(2), '{"half'].map((line, at) => ({
        id: `${at}`,
        text: line,
        timestamp: at,
      })),
    );
    expect(callAt(columns, 0)).toMatchObject({
      record: { requestPath: '/orders/1' },
      outcome: 'allowed',
    });
    expect(connectionAt(columns, 1).record).toMatchObject({
      resourceConfigurationArn: expect.stringContaining('rcfg-1'),
    });
    expect(() => callAt(columns, 1)).toThrow(RangeError);
    expect(() => connectionAt(columns, 2)).toThrow(RangeError);
  });

  it('keeps the texts that are asked for, and of what is no record; of what was refused its record', () => {
    const builder = new ColumnsBuilder({ ofServices: [serviceOf(2)] });
    const lines = [
      callLine(1),
      callLine(2, { serviceArn: serviceOf(2) }),
      deniedLine(3),
      connectionLine(4),
      '{"half',
      callLine(5),
    ];
    for (const [at, line] of lines.entries()) {
      const json = parseJson(line);
      builder.add({ text: line, json, lineId: at, deliveredAt: 0 });
    }
    const columns = builder.take();
    expect(lines.map((_, at) => textAt(columns, at))).toEqual(
      lines.map((line, at) => ([1, 4].includes(at) ? line : '')),
    );
    expect(lines.map((_, at) => hasTextAt(columns, at))).toEqual(
      lines.map((_, at) => [1, 4].includes(at)),
    );
    expect(columns.deniedCalls).toEqual([
      expect.objectContaining({ at: 2, pathShape: '/orders/*' }),
    ]);
    expect(callAt(columns, 1).outcome).toBe('allowed');
    expect(() => callAt(columns, 5)).toThrow('its text was not kept');
  });

  it('keeps aside what a source says can not be read', () => {
    const columns = columnsOf([
      { id: '1', text: callLine(1), timestamp: 5, aside: 'too long' },
    ]);
    expect(columns.asides).toEqual([{ at: 0, reason: 'too long' }]);
    expect(columns.times[0]).toBe(5);
  });

  it('tells two lines of one call apart by their ids', () => {
    const ids = ['1', '2', '1'];
    const { keys, lineIds } = columnsOf(
      ids.map(id => ({ id, text: callLine(1), timestamp: 0 })),
    );
    expect(keys.slice(0, 4)).toEqual(keys.slice(4, 8));
    expect(lineIds.slice(0, 2)).not.toEqual(lineIds.slice(2, 4));
    expect(lineIds.slice(0, 2)).toEqual(lineIds.slice(4, 6));
  });
});
