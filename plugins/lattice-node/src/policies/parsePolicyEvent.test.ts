import { parsePolicyEvent } from './parsePolicyEvent';

const where = { accountId: '223344556677', region: 'us-east-1' };
const resourceArn =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1b2c3d4e5f60718';
const put = {
  eventTime: '2026-11-21T10:00:00Z',
  eventName: 'PutAuthPolicy',
  requestParameters: { resourceIdentifier: resourceArn, policy: '{}' },
  userIdentity: { arn: 'arn:aws:sts::223344556677:assumed-role/deploy/x' },
};

function parse(event: unknown) {
  return parsePolicyEvent({ ...where, text: JSON.stringify(event) });
}

describe('parsePolicyEvent', () => {
  it('reads a put', () => {
    expect(parse(put)).toEqual({
      resourceArn,
      document: '{}',
      at: '2026-11-21T10:00:00Z',
      by: 'arn:aws:sts::223344556677:assumed-role/deploy/x',
    });
  });

  it.each([
    ['svc-0a1b2c3d4e5f60718', resourceArn],
    [
      'sn-0a1b2c3d4e5f60718',
      'arn:aws:vpc-lattice:us-east-1:223344556677:servicenetwork/sn-0a1b2c3d4e5f60718',
    ],
  ])('makes an ARN of %s', (resourceIdentifier, arn) => {
    const event = {
      ...put,
      eventName: 'DeleteAuthPolicy',
      requestParameters: { resourceIdentifier },
    };
    expect(parse(event)).toMatchObject({
      resourceArn: arn,
      document: undefined,
    });
  });

  it.each([
    ['a call that failed', { ...put, errorCode: 'AccessDenied' }],
    [
      'a put without its document: it would look like a deletion',
      { ...put, requestParameters: { resourceIdentifier: resourceArn } },
    ],
    ['another call', { ...put, eventName: 'GetAuthPolicy' }],
    ['nonsense', 'x'],
  ])('leaves out %s', (_, event) => {
    expect(parse(event)).toBeUndefined();
  });
});
