import { adviseOn, describeStackFailure, stackFailures } from './stackFailures';

const event = (reason: string | undefined, more: object = {}) => ({
  EventId: '1',
  StackId: 's',
  StackName: 's',
  Timestamp: new Date(0),
  LogicalResourceId: 'Listener',
  ResourceType: 'AWS::VpcLattice::Listener',
  ResourceStatus: 'CREATE_FAILED' as const,
  ResourceStatusReason: reason,
  ...more,
});

const tell = (...events: ReturnType<typeof event>[]) => {
  const failures = stackFailures(events);
  return [...failures.map(describeStackFailure), ...adviseOn(failures)];
};

describe('failures of a stack', () => {
  it.each([
    [
      // As AWS words it, with a token of the request.
      'Resource handler returned message: "User: arn:aws:sts::1:assumed-role/launch/s is not authorized to perform: vpc-lattice:CreateListener (Service: VpcLattice, Status Code: 403)" (RequestToken: 1b-2, HandlerErrorCode: AccessDenied)',
      /^Listener \(AWS::VpcLattice::Listener\): User: .*CreateListener \(Service: VpcLattice, Status Code: 403\) \(AccessDenied\)$/,
      /launch role .* ask the platform team/,
    ],
    [
      'Resource handler returned message: "Rate exceeded." (HandlerErrorCode: Throttling, Error: ThrottlingException)',
      /: Rate exceeded \(Throttling\)$/,
      /in a few minutes/,
    ],
    [
      'Resource handler returned message: "It broke" (HandlerErrorCode: NotStabilized)',
      /: It broke \(NotStabilized\)$/,
      /^When that is mended/,
    ],
    ['Exceeded attempts to wait', /: Exceeded attempts to wait$/, /mended/],
    [undefined, /: no reason given$/, /mended/],
  ])('tell what failed, why, and what to do: %s', (reason, what, advice) => {
    expect(tell(event(reason))).toEqual([
      expect.stringMatching(what),
      expect.stringMatching(advice),
    ]);
  });

  it('leave out what another failure brought', () => {
    expect(
      tell(
        event('Resource creation cancelled'),
        event('Listener failed', {
          ResourceType: 'AWS::CloudFormation::Stack',
        }),
        event(undefined, { ResourceStatus: 'CREATE_COMPLETE' }),
      ),
    ).toEqual([]);
  });

  it('give an advice once', () => {
    const throttled = event(
      'Resource handler returned message: "Rate exceeded" (HandlerErrorCode: Throttling)',
    );
    expect(tell(throttled, throttled)).toHaveLength(3);
  });
});
