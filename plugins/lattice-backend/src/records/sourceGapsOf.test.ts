import type { StoredLogSourceStatus } from '../database/IngestStore';
import { sourceGapsOf } from './sourceGapsOf';

const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);
const iso = (time: string) => new Date(at(time)).toISOString();
const now = at('12:00:00');

function sourceOf(
  values: Partial<StoredLogSourceStatus>,
): StoredLogSourceStatus {
  return {
    number: 1,
    id: 'log',
    accountId: '001122334455',
    region: 'us-east-1',
    subscriptions: 1,
    status: 'reading',
    linesRead: 0,
    stored: 0,
    connections: 0,
    duplicates: 0,
    twins: 0,
    unparsed: 0,
    ...values,
  };
}

describe('sourceGapsOf', () => {
  const gapsOf = (
    values: Partial<StoredLogSourceStatus>,
    span = { from: at('08:00:00'), to: at('13:00:00') },
  ) => sourceGapsOf({ sources: [sourceOf(values)], span, now });

  it.each<[string, Partial<StoredLogSourceStatus>, RegExp]>([
    [
      'fails',
      {
        status: 'failing',
        readUntil: iso('11:59:00'),
        error: { message: 'AccessDenied', at: iso('11:59:30') },
      },
      /can’t be read: AccessDenied/,
    ],
    [
      'is paused',
      {
        status: 'paused',
        readUntil: iso('11:59:00'),
        paused: { by: 'user:default/a', at: iso('11:59:30') },
      },
      /user:default\/a has paused/,
    ],
    [
      'is far behind',
      { readUntil: iso('11:40:00') },
      /has not been read further/,
    ],
    ['was not read yet', { status: 'waiting' }, /has not been read yet/],
    ['is of another kind', { status: 'unsupported' }, /of this kind/],
  ])('tells of a log that %s', (_, values, reason) => {
    expect(gapsOf(values)).toEqual([
      {
        kind: 'source',
        source: 'log',
        reason: expect.stringMatching(reason),
        from: values.readUntil,
      },
    ]);
  });

  it('tells what came before the reading began', () => {
    const values = { readFrom: iso('09:00:00'), readUntil: iso('11:59:00') };
    const before = {
      kind: 'source',
      source: 'log',
      reason: expect.stringMatching(/reading began then/),
      to: iso('09:00:00'),
    };
    expect(gapsOf(values)).toEqual([before]);
    expect(
      gapsOf({ ...values, status: 'ended', endedAt: iso('12:00:00') }),
    ).toEqual([before]);
    const since = { from: at('09:00:00'), to: at('13:00:00') };
    expect(gapsOf(values, since)).toEqual([]);
    expect(gapsOf({ ...values, loggedFrom: iso('09:00:00') })).toEqual([]);
    expect(gapsOf({ ...values, loggedFrom: iso('08:59:59') })).toEqual([
      before,
    ]);
    expect(gapsOf({ ...values, readUntil: iso('10:00:00') })).toEqual([
      expect.objectContaining({ from: iso('10:00:00') }),
      before,
    ]);
  });

  it('tells of logs together that are read since the same hour', () => {
    const from = (count: number, hour: string) =>
      Array.from({ length: count }, (_, index) =>
        sourceOf({
          id: `${hour}-${index}`,
          readFrom: iso(`${hour}:00:0${index % 10}`),
          readUntil: iso('11:59:00'),
        }),
      );
    const gaps = sourceGapsOf({
      sources: [...from(800, '09'), ...from(2, '10'), ...from(5, '07')],
      span: { from: at('08:00:00'), to: now },
      now,
    });
    expect(gaps).toMatchObject([
      { source: '10-0', to: iso('10:00:00') },
      { source: '10-1', to: iso('10:00:01') },
      { source: '800 logs', to: iso('09:00:09') },
    ]);
  });

  it('tells what a log that has ended was not read of', () => {
    const ended = (readUntil?: string) => ({
      status: 'ended' as const,
      readUntil,
      endedAt: iso('11:00:00'),
    });
    expect(gapsOf(ended(iso('10:00:00')))).toEqual([
      {
        kind: 'source',
        source: 'log',
        reason: expect.stringMatching(/ended before/),
        from: iso('10:00:00'),
        to: iso('11:00:00'),
      },
    ]);
    expect(gapsOf(ended())).toMatchObject([{ to: iso('11:00:00') }]);
    expect(gapsOf(ended(iso('10:55:00')))).toEqual([]);
    const after = { from: at('11:00:00'), to: at('12:00:00') };
    expect(gapsOf(ended(iso('10:00:00')), after)).toEqual([]);
  });

  it('tells nothing of times that a log has been read past, and of what delivery takes', () => {
    const past = { from: at('08:00:00'), to: at('11:00:00') };
    const status = 'failing';
    expect(gapsOf({ status, readUntil: iso('11:30:00') }, past)).toEqual([]);
    expect(gapsOf({ readUntil: iso('11:50:00') })).toEqual([]);
  });

  it('tells of records that wait longer than they should', () => {
    const gaps = (waitingSince: number) =>
      sourceGapsOf({
        sources: [],
        sink: {
          sinkId: 'store',
          waiting: 12,
          waitingSince,
          error: { message: 'The disk is full', at: now },
        },
        span: { from: 0, to: now },
        now,
      });
    expect(gaps(at('11:59:50'))).toEqual([]);
    expect(gaps(at('11:50:00'))).toMatchObject([
      {
        source: 'store',
        reason:
          '12 records that were read wait to be written to the store: The disk is full',
      },
    ]);
  });
});
