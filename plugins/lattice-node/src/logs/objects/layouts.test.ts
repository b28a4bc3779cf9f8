import { FirehoseLayout } from './FirehoseLayout';
import { VpcLatticeLayout } from './VpcLatticeLayout';

const time = (text: string) => Date.parse(text);
const object = (key: string) => ({ key, etag: '', size: 0, lastModified: 5 });

describe('VpcLatticeLayout', () => {
  const layout = new VpcLatticeLayout({
    prefix: 'some/where',
    accountId: '001122334455',
    region: 'us-east-1',
    resourceId: 'sn-1',
    kind: 'ResourceAccessLogs',
  });
  const base =
    'some/where/AWSLogs/001122334455/VpcLattice/ResourceAccessLogs/us-east-1';
  const name = '001122334455_VpcLatticeResourceAccessLogs_us-east-1_sn-1_';

  it('lists day by day, from the minute on', () => {
    const listings = layout.listings({
      from: time('2026-11-30T22:07:30Z'),
      to: time('2026-12-02T00:00:00Z'),
    });
    expect(listings).toEqual([
      {
        prefix: `${base}/2026/11/30/sn-1/`,
        startAfter: `${base}/2026/11/30/sn-1/${name}20261130T2207`,
      },
      { prefix: `${base}/2026/12/01/sn-1/` },
      { prefix: `${base}/2026/12/02/sn-1/` },
    ]);
  });

  it('tells the time by the name, else by the delivery', () => {
    const key = `${base}/2026/11/30/sn-1/${name}20261130T2207Z_0a1b.json.gz`;
    expect(layout.timeOf(object(key))).toBe(time('2026-11-30T22:07:00Z'));
    expect(layout.timeOf(object(`${base}/copy.json`))).toBe(5);
    expect(layout.accepts(key)).toBe(true);
    expect(layout.accepts(`${base}/2026/11/30/sn-1/`)).toBe(false);
  });
});

describe('FirehoseLayout', () => {
  const from = time('2026-12-31T23:10:00Z');
  const to = time('2027-01-01T00:05:00Z');

  it.each([
    [undefined, ['2026/12/31/22/', '2026/12/31/23/', '2027/01/01/00/']],
    ['a/', ['a/2026/12/31/22/', 'a/2026/12/31/23/', 'a/2027/01/01/00/']],
    [
      "day=!{timestamp:yyyy'-'MM'-'dd}/!{firehose:random-string}/x/",
      ['day=2026-12-31/', 'day=2027-01-01/'],
    ],
    [
      "!{timestamp:'y='yyyy'/m='M}/!{timestamp:d}/",
      ['y=2026/m=12/31/', 'y=2027/m=1/1/'],
    ],
    [
      '!{timestamp:yyyy/MM/dd/HH/mm}/',
      ['2026/12/31/22/', '2026/12/31/23/', '2027/01/01/00/'],
    ],
    ['!{partitionKeyFromQuery:a}/!{timestamp:yyyy}/', ['']],
    // Of the week: 2027 from the 27th of December on, or not, by who counts.
    ['a/!{timestamp:YYYY/MM/dd}/', ['a/']],
    ['a/!{timestamp:yyyy[/MM]}/', ['a/2026', 'a/2027']],
  ])('lists what %s comes to', (prefix, expected) => {
    const layout = new FirehoseLayout({ streamName: 'logs', prefix });
    expect(
      layout.listings({ from, to }).map(listing => listing.prefix),
    ).toEqual(expected);
  });

  it('knows time zones', () => {
    const layout = new FirehoseLayout({
      streamName: 'logs',
      prefix: '!{timestamp:yyyy-MM-dd}/',
      timeZone: 'Asia/Tokyo',
    });
    expect(layout.listings({ from, to })).toEqual([{ prefix: '2027-01-01/' }]);
  });

  it.each([
    ['Asia/Kolkata', '2026-10-03T10:45:00Z', ['14', '15', '16']],
    ['Asia/Kathmandu', '2026-10-03T10:20:00Z', ['14', '15', '16']],
    // Two o'clock has but its second half.
    ['Australia/Lord_Howe', '2026-10-03T16:05:00Z', ['01', '02', '03']],
  ])('lists every hour in %s, up to that of now', (timeZone, now, hours) => {
    const prefix = '!{timestamp:HH}';
    const layout = new FirehoseLayout({ streamName: 'logs', prefix, timeZone });
    const listings = layout.listings({ from: time(now) - 1, to: time(now) });
    expect(listings).toEqual(hours.map(listed => ({ prefix: listed })));
  });

  it.each([
    [undefined, true],
    [
      'a/!{timestamp:yyyy}-!{timestamp:MM}-!{timestamp:dd}/!{timestamp:HH}',
      true,
    ],
    ['!{timestamp:dd-MM-yyyy/HH/}', true],
    ['!{timestamp:yyyy/MM/dd/}', false],
    ['!{timestamp:yyyy/M/d/H}', false],
    ['!{timestamp:YYYY/MM/dd/HH/}', false],
    ['!{timestamp:yyyy/MM/dd/HH/mm/}', false],
    ['!{timestamp:yyyy/MM/dd/HH}/!{firehose:random-string}/', false],
    ['!{partitionKeyFromLambda:a}/!{timestamp:yyyy/MM/dd/HH}/', false],
  ])('knows whether %s gives objects in order: %s', (prefix, isInOrder) => {
    const layout = new FirehoseLayout({ streamName: 'logs', prefix });
    expect(layout.isInOrder).toBe(isInOrder);
  });

  it.each([
    [undefined, '2026/12/31/23/', true],
    [undefined, '2026/12/31/23/audit-', false],
    [undefined, 'copy/2026/12/31/23/', false],
    ['a.b/', 'a.b/2026/12/31/23/', true],
    ['a.b/', 'a-b/2026/12/31/23/', false],
    ['!{timestamp:yyyy-MM-dd}-', '2026-12-31-', true],
    ['!{timestamp:yyyy-MM-dd}-', '2026-12-31-audit-', false],
    ['!{timestamp:YYYY/MMM}/', '2027/Dec/', true],
    ['!{timestamp:YYYY/MMM}/', '2027/Dec/audit-', false],
    ['!{partitionKeyFromQuery:a}/!{timestamp:yyyy}/', 'x/y/2026/', true],
    ['!{partitionKeyFromQuery:a}/!{timestamp:yyyy}/', 'x/2026/audit-', false],
    [
      "!{timestamp:'y='yyyy}/!{firehose:random-string}/",
      'y=2026/abcdefghijk/',
      true,
    ],
  ])('takes %s and then the name only: %s, %s', (prefix, start, expected) => {
    const layout = new FirehoseLayout({ streamName: 'logs', prefix });
    const behind = '2026-12-31-23-10-00-0a1b2c3d.gz';
    expect(layout.accepts(`${start}logs-12-${behind}`)).toBe(expected);
    // Other streams.
    expect(layout.accepts(`${start}logs-2-1-${behind}`)).toBe(false);
    expect(layout.accepts(`${start}logs-audit-1-${behind}`)).toBe(false);
  });

  it('leaves out other streams, and what could not be delivered', () => {
    const layout = new FirehoseLayout({
      streamName: 'logs',
      errorPrefix: 'failed/!{firehose:error-output-type}/',
    });
    const name = 'logs-1-2026-12-31-23-10-00-0a1b2c3d';
    expect(layout.accepts(`2026/12/31/23/${name}`)).toBe(true);
    expect(layout.accepts('2026/12/31/23/other-1-2026-12-31')).toBe(false);
    expect(layout.accepts(`failed/x/2026/12/31/23/${name}`)).toBe(false);
  });
});
