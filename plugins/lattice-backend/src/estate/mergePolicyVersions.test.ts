import type { PolicyVersion } from '@lattice-portal/plugin-lattice-common';
import type { PolicyHistoryEvent } from '@lattice-portal/plugin-lattice-node';
import { mergePolicyVersions, PolicyObservation } from './mergePolicyVersions';

const resourceArn = 'arn:aws:vpc-lattice:us-east-1:1:service/svc-1';
const time = (day: number) =>
  `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`;
const seen = (day: number, document?: string): PolicyObservation => ({
  at: time(day),
  document,
  authType: 'AWS_IAM',
});
const event = (day: number, document?: string): PolicyHistoryEvent => ({
  resourceArn,
  at: time(day),
  document,
  by: 'arn:aws:iam::1:role/admin',
});
const brief = (versions: PolicyVersion[]) =>
  versions.map(({ document, validFrom, validTo, source }) =>
    [
      document ?? 'none',
      validFrom.slice(8, 10),
      validTo?.slice(8, 10) ?? '…',
      source,
    ].join(' '),
  );

describe('mergePolicyVersions', () => {
  it.each<
    [
      string,
      {
        events?: PolicyHistoryEvent[];
        seen: PolicyObservation[];
        historySince?: string;
      },
      string[],
    ]
  >([
    ['first sight without history', { seen: [seen(10, '1')] }, ['1 10 … seen']],
    [
      'nothing recorded since the history begins',
      { seen: [seen(10, '1')], historySince: time(1) },
      ['1 01 … cloudtrail'],
    ],
    [
      'recorded changes before the first sight',
      {
        events: [event(3, '1'), event(5, '2')],
        seen: [seen(10, '2')],
        historySince: time(1),
      },
      ['1 03 05 cloudtrail', '2 05 … cloudtrail'],
    ],
    [
      'a change that was seen only',
      { seen: [seen(10, '1'), seen(12, '2'), seen(14, '2')] },
      ['1 10 12 seen', '2 12 … seen'],
    ],
    [
      'a recorded change takes the place of the one seen later',
      {
        events: [event(11, '2')],
        seen: [seen(10, '1'), seen(12, '2')],
      },
      ['1 10 11 seen', '2 11 … cloudtrail'],
    ],
    [
      'the order of keys is no change',
      { seen: [seen(10, '{"a":1,"b":2}'), seen(12, '{"b":2,"a":1}')] },
      ['{"a":1,"b":2} 10 … seen'],
    ],
    [
      'a deleted policy',
      { events: [event(11)], seen: [seen(10, '1'), seen(12)] },
      ['1 10 11 seen', 'none 11 … cloudtrail'],
    ],
    [
      'what is seen contradicts the record',
      { events: [event(3, '1')], seen: [seen(10, '2')] },
      ['1 03 10 cloudtrail', '2 10 … seen'],
    ],
  ])('%s', (_, options, expected) => {
    let versions: PolicyVersion[] = [];
    for (const [index, observation] of options.seen.entries()) {
      const last = index === options.seen.length - 1;
      versions = mergePolicyVersions({
        resourceArn,
        versions,
        // History lags behind: it arrives with the last observation.
        events: last ? options.events ?? [] : [],
        observation,
        historySince: options.historySince,
      });
    }
    expect(brief(versions)).toEqual(expected);

    const [again] = [
      mergePolicyVersions({
        resourceArn,
        versions,
        events: options.events ?? [],
        observation: options.seen[options.seen.length - 1],
        historySince: options.historySince,
      }),
    ];
    expect(brief(again)).toEqual(expected);
  });

  it('keeps a change of the auth type apart', () => {
    const first = mergePolicyVersions({
      resourceArn,
      versions: [],
      events: [],
      observation: { at: time(1), document: '1', authType: 'NONE' },
    });
    expect(
      mergePolicyVersions({
        resourceArn,
        versions: first,
        events: [],
        observation: { at: time(2), document: '1', authType: 'AWS_IAM' },
      }).map(version => version.authType),
    ).toEqual(['NONE', 'AWS_IAM']);
  });
});
