import { logSourceOf } from './LogSource';

const objects =
  '/b/p/AWSLogs/223344556677/VpcLattice/AccessLogs/us-east-1/2026/11/22/svc-0a1';

describe('logSourceOf', () => {
  const service = {
    place: 'subscription 223344556677/VpcLatticeAccessLogs/us-east-1/svc-0a1',
    isSubscription: true,
  };
  it.each([
    [
      `${objects}/223344556677_VpcLatticeAccessLogs_us-east-1_svc-0a1_20261122T1005Z_ab12.json.gz`,
      { ...service, stamp: '20261122T1005' },
    ],
    // Taken out of its folder, and unpacked.
    [
      '/tmp/223344556677_VpcLatticeAccessLogs_us-east-1_svc-0a1_20261122T1010Z_cd.json',
      { ...service, stamp: '20261122T1010' },
    ],
    [`${objects}/renamed.gz`, { ...service, stamp: '20261122T0000' }],
    [
      '/b/AWSLogs/1/VpcLattice/ResourceAccessLogs/us-east-1/2026/11/22/sn-1/223344556677_VpcLatticeResourceAccessLogs_us-east-1_sn-1_20261122T1005Z_ab12.json.gz',
      {
        place:
          'subscription 223344556677/VpcLatticeResourceAccessLogs/us-east-1/sn-1',
        isSubscription: true,
        stamp: '20261122T1005',
      },
    ],
    [
      '/b/2026/11/22/10/lattice-logs-1-2026-11-22-10-05-33-8ce5e6a1-4f3c-4b0a-9d5f-0d2f1f1f9a01.gz',
      {
        place: 'firehose lattice-logs',
        isSubscription: false,
        stamp: '20261122T1005',
      },
    ],
    [
      '/b/export/8ce5e6a1-4f3c-4b0a-9d5f-0d2f1f1f9a01/VpcLattice-1/000003.gz',
      { place: 'cloudwatch VpcLattice-1', isSubscription: false, stamp: '' },
    ],
    [
      '/logs/network/2026/11/hour=10/a.json',
      { place: 'folder /logs/network', isSubscription: false, stamp: '' },
    ],
    ['/2026/a.json', { place: 'folder ', isSubscription: false, stamp: '' }],
  ])('%s', (path, source) => {
    expect(logSourceOf(path)).toEqual(source);
  });
});
