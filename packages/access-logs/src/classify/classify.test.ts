import type { AccessLogRecord } from '../types';
import { classify } from './classify';

const base: AccessLogRecord = {
  startTime: '2026-11-22T10:00:00Z',
  timestamp: 0,
  serviceArn: 'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-1',
  other: {},
};
const target = { targetGroupArn: 'arn:tg', targetIpPort: '10.0.0.1:80' };

describe('classify', () => {
  it.each<[string, Partial<AccessLogRecord>, string]>([
    ['a 200 of the target', { ...target, responseCode: 200 }, 'allowed'],
    ['a 404 of the target', { ...target, responseCode: 404 }, 'allowed'],
    ['a 500 of the target', { ...target, responseCode: 500 }, 'allowed'],
    ['a 403 of the target', { ...target, responseCode: 403 }, 'target-refused'],
    [
      'a 403 of a Lambda function, which has no address',
      { targetGroupArn: 'arn:tg', responseCode: 403 },
      'target-refused',
    ],
    [
      'a denial by the network',
      { responseCode: 403, authDeniedReason: 'Network' },
      'denied-by-network',
    ],
    [
      'a denial by the service',
      {
        responseCode: 403,
        authDeniedReason: 'Service',
        failureReason: 'ClientAccessDenied',
      },
      'denied-by-service',
    ],
    [
      'a denial by the identity policy, whatever else the record says',
      { ...target, responseCode: 200, authDeniedReason: 'Identity' },
      'denied-by-identity',
    ],
    [
      'a refusal no policy is named for',
      { responseCode: 403, failureReason: 'ClientAccessDenied' },
      'failed',
    ],
    ['a 403 without a target', { responseCode: 403 }, 'failed'],
    ['a service that is not registered', { responseCode: 404 }, 'failed'],
    [
      'a target that can not be reached',
      { ...target, responseCode: 503, failureReason: 'TargetConnectionError' },
      'failed',
    ],
    [
      'too many requests',
      { responseCode: 429, failureReason: 'ClientRateLimited' },
      'failed',
    ],
    [
      'a client that went away',
      { ...target, failureReason: 'ClientConnectionClosed' },
      'failed',
    ],
    ['a fixed response', { responseCode: 204 }, 'allowed'],
    ['a record that says nothing', {}, 'failed'],
  ])('%s', (_, fields, outcome) => {
    expect(classify({ ...base, ...fields })).toBe(outcome);
  });
});
