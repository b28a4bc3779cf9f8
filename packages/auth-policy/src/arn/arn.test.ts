import { accountOfArn, parseArn } from './parseArn';
import { roleArnFromPrincipal } from './roleArnFromPrincipal';

describe('ARNs', () => {
  it('takes an ARN apart and leaves other text alone', () => {
    expect(
      parseArn('arn:aws:logs:eu-west-1:123456789012:log-group:/a:*'),
    ).toEqual({
      partition: 'aws',
      service: 'logs',
      region: 'eu-west-1',
      account: '123456789012',
      resource: 'log-group:/a:*',
    });
    for (const text of ['', 'Anonymous', 'arn:aws:iam', 'urn:a:b:c:d:e']) {
      expect(parseArn(text)).toBeUndefined();
      expect(accountOfArn(text)).toBeUndefined();
    }
    expect(accountOfArn('arn:aws:iam::123456789012:root')).toBe('123456789012');
    expect(accountOfArn('arn:aws:s3:::bucket')).toBeUndefined();
  });

  it.each([
    [
      'arn:aws:sts::123456789012:assumed-role/app/i-1',
      'arn:aws:iam::123456789012:role/app',
    ],
    [
      'arn:aws-cn:sts::123456789012:assumed-role/app/i-1',
      'arn:aws-cn:iam::123456789012:role/app',
    ],
    [
      'arn:aws:iam::123456789012:role/x/app',
      'arn:aws:iam::123456789012:role/x/app',
    ],
    [
      'arn:aws:iam::123456789012:user/bob',
      'arn:aws:iam::123456789012:user/bob',
    ],
    [
      'arn:aws:sts::123456789012:federated-user/bob',
      'arn:aws:sts::123456789012:federated-user/bob',
    ],
    ['Unknown', 'Unknown'],
  ])('the principal to name for %s is %s', (arn, expected) => {
    expect(roleArnFromPrincipal(arn)).toBe(expected);
  });
});
