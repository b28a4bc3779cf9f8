import fc from 'fast-check';
import { callLine, connectionLine, deniedLine } from '../__testUtils__/lines';
import { callerOf } from '../classify/callerOf';
import { classify } from '../classify/classify';
import { callKey } from '../fold/callKey';
import { connectionKey } from '../fold/connectionKey';
import { parseAccessLogLine } from '../parse/parseAccessLogLine';
import { columnsOf } from './columnsOf';
import { outcomeNumbers, recordKinds } from './RecordColumns';
import { callAt, connectionAt, keyTextAt, textAt } from './recordAt';

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

/** What a line is, read by itself. */
function read(line: string) {
  const parsed = parseAccessLogLine(line);
  if (!parsed.ok) {
    return { kind: 'unparsed', reason: parsed.reason };
  }
  const { record } = parsed;
  if (parsed.kind === 'resource') {
    const key = connectionKey(parsed.record);
    return { kind: 'connection', time: record.timestamp, key };
  }
  const call = parsed.record;
  const { kind, id, accountId } = callerOf(call);
  return {
    kind: 'call',
    time: call.timestamp,
    key: callKey(call),
    service: call.serviceArn,
    network: call.serviceNetworkArn ?? '',
    vpc: call.sourceVpcId ?? '',
    caller: { kind, id, accountId },
    outcome: classify(call),
    duration: call.duration ?? NaN,
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
        for (const [at, line] of lines.entries()) {
          const wanted = read(line);
          const kind = recordKinds[columns.kinds[at]];
          expect(kind).toBe(wanted.kind);
          // Half of a character is no UTF-8.
          expect(textAt(columns, at)).toBe(line.toWellFormed());
          if (kind === 'unparsed') {
            expect(columns.times[at]).toBe(at);
            expect(columns.asides).toContainEqual({
              at,
              reason: wanted.reason,
              place: `line ${at}`,
            });
            continue;
          }
          expect(columns.times[at]).toBe(wanted.time);
          const bytes = Buffer.from(keyTextAt(columns, at), 'hex').swap32();
          expect(bytes.toString('hex')).toBe(wanted.key!.slice(0, 32));
          if (kind === 'connection') {
            expect(connectionAt(columns, at).key).toBe(wanted.key);
            expect(() => callAt(columns, at)).toThrow(RangeError);
            continue;
          }
          expect({
            service: columns.serviceArns[columns.services[at]],
            network: columns.networkArns[columns.networks[at]],
            vpc: columns.vpcIds[columns.vpcs[at]],
            caller: columns.callerList[columns.callers[at]],
            outcome: outcomeNumbers[columns.outcomes[at]],
            duration: columns.durations[at],
          }).toEqual({
            service: wanted.service,
            network: wanted.network,
            vpc: wanted.vpc,
            caller: wanted.caller,
            outcome: wanted.outcome,
            duration: wanted.duration,
          });
          if (line.isWellFormed()) {
            expect(callAt(columns, at).key).toBe(wanted.key);
          }
        }
        expect(columns.asides).toHaveLength(
          lines.filter(line => !parseAccessLogLine(line).ok).length,
        );
      }),
      { numRuns: 300 },
    );
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
