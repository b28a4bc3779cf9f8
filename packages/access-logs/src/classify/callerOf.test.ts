import type { AccessLogRecord } from '../types';
import { callerOf } from './callerOf';

const base: AccessLogRecord = {
  startTime: '2026-11-22T10:00:00Z',
  timestamp: 0,
  serviceArn: 'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-1',
  other: {},
};
const role = 'arn:aws:iam::445566778899:role/public-proxy';

describe('callerOf', () => {
  it.each([
    ['arn:aws:sts::445566778899:assumed-role/public-proxy/session', role],
    ['arn:aws:sts::445566778899:assumed-role/public-proxy/other', role],
    ['arn:aws:iam::445566778899:role/public-proxy', role],
    ['arn:aws:iam::445566778899:role/edge/team/public-proxy', role],
    [
      'arn:aws-cn:sts::445566778899:assumed-role/a/b@c.com',
      'arn:aws-cn:iam::445566778899:role/a',
    ],
    [
      'arn:aws:iam::445566778899:user/dev/ada',
      'arn:aws:iam::445566778899:user/dev/ada',
    ],
    ['arn:aws:iam::445566778899:root', 'arn:aws:iam::445566778899:root'],
    [
      'arn:aws:sts::445566778899:federated-user/ada',
      'arn:aws:sts::445566778899:federated-user/ada',
    ],
  ])('%s is %s', (resolvedUser, id) => {
    expect(callerOf({ ...base, resolvedUser })).toEqual({
      kind: 'signed',
      id,
      principal: resolvedUser,
      accountId: '445566778899',
    });
  });

  it('takes the principal where nobody was authenticated', () => {
    const callerPrincipal = 'arn:aws:sts::445566778899:assumed-role/a/b';
    expect(callerOf({ ...base, callerPrincipal }).kind).toBe('signed');
    expect(
      callerOf({ ...base, callerPrincipal, resolvedUser: 'Anonymous' }),
    ).toEqual({ kind: 'anonymous', id: 'anonymous' });
  });

  it.each([undefined, 'Unknown', 'arn:aws:iam::1:role/x', 'nonsense'])(
    'does not know %s',
    resolvedUser => {
      expect(callerOf({ ...base, resolvedUser })).toEqual({
        kind: 'unknown',
        id: 'unknown',
        principal: resolvedUser,
      });
    },
  );
});
