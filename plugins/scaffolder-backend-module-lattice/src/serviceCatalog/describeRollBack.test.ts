import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { stackEventsUrl } from './consoleLinks';
import { describeRollBack } from './describeRollBack';
import { describeRemoval } from './rollBackProduct';

function event(line: string): StackEvent {
  const [LogicalResourceId, ResourceStatus, ResourceStatusReason] =
    line.split(' ');
  return {
    StackId: 'stack',
    StackName: 'stack',
    EventId: line,
    Timestamp: new Date(0),
    LogicalResourceId,
    PhysicalResourceId: `id-of-${LogicalResourceId}`,
    ResourceStatus: ResourceStatus as StackEvent['ResourceStatus'],
    ResourceStatusReason,
    ResourceType:
      LogicalResourceId === 'stack' ? 'AWS::CloudFormation::Stack' : 'AWS::X',
  };
}

describe('describeRollBack', () => {
  it.each<[string, string[], RegExp]>([
    [
      'what had changed',
      [
        'stack UPDATE_IN_PROGRESS',
        'Group UPDATE_COMPLETE',
        'Table CREATE_COMPLETE',
        'Alarm UPDATE_FAILED no',
        'stack UPDATE_ROLLBACK_IN_PROGRESS',
        'Group UPDATE_COMPLETE',
        'Alarm UPDATE_COMPLETE',
        'stack UPDATE_ROLLBACK_COMPLETE',
      ],
      /^Rolled back: Group, Table\. It is as it was before\.$/,
    ],
    [
      'nothing that had changed',
      [
        'stack UPDATE_IN_PROGRESS',
        'Alarm UPDATE_FAILED no',
        'stack UPDATE_ROLLBACK_COMPLETE',
      ],
      /^Nothing had changed yet/,
    ],
    [
      'what had changed before a cancellation',
      [
        'Group UPDATE_COMPLETE',
        'stack UPDATE_ROLLBACK_IN_PROGRESS',
        'Group UPDATE_COMPLETE',
        'stack UPDATE_ROLLBACK_COMPLETE',
      ],
      /^Rolled back: Group\./,
    ],
    [
      'a roll back that failed',
      [
        'Alarm UPDATE_FAILED first',
        'stack UPDATE_ROLLBACK_IN_PROGRESS',
        'Group UPDATE_FAILED second',
        'stack UPDATE_ROLLBACK_FAILED',
      ],
      /could not roll it back \(Group \(AWS::X\): second\): it is half changed\. Mend the cause/,
    ],
    ['events that end early', ['stack UPDATE_IN_PROGRESS'], /is unknown/],
    ['no events', [], /is unknown: the stack is not readable/],
  ])('tells %s', (_, lines, expected) => {
    expect(describeRollBack(lines.map(event))).toMatch(expected);
  });
});

describe('stackEventsUrl', () => {
  it.each([
    [
      'arn:aws-cn:cloudformation:cn-north-1:223344556677:stack/a/b',
      'https://cn-north-1.console.amazonaws.cn/cloudformation/home?region=cn-north-1#/stacks/events?stackId=arn%3Aaws-cn%3Acloudformation%3Acn-north-1%3A223344556677%3Astack%2Fa%2Fb',
    ],
    [
      'arn:aws-iso:cloudformation:us-iso-east-1:223344556677:stack/a/b',
      undefined,
    ],
    ['no ARN', undefined],
  ])('%s', (arn, url) => {
    expect(stackEventsUrl(arn)).toBe(url);
  });
});

describe('describeRemoval', () => {
  it.each<[string, string[], string]>([
    ['nothing that was made', [], 'Nothing of it is left in account 1.'],
    [
      'all',
      ['Group CREATE_COMPLETE', 'Group DELETE_COMPLETE'],
      'Rolled back: Group. Nothing of it is left in account 1.',
    ],
    [
      'all but what its template keeps',
      [
        'Bucket CREATE_COMPLETE',
        'Group CREATE_COMPLETE',
        'Group DELETE_COMPLETE',
        'Bucket DELETE_SKIPPED',
      ],
      'Rolled back: Group. Its template keeps Bucket (id-of-Bucket) in account 1: remove that by hand. Nothing else of it is left.',
    ],
  ])('tells of the removal of %s', (_, lines, text) => {
    const events = lines.map(event);
    expect(describeRemoval({ events, accountId: '1' })).toBe(text);
  });

  it('counts what was kept and is gone since as removed', () => {
    const events = ['Bucket CREATE_COMPLETE', 'Bucket DELETE_SKIPPED'].map(
      event,
    );
    const emptied = ['id-of-Bucket'];
    expect(describeRemoval({ events, accountId: '1', emptied })).toBe(
      'Rolled back: id-of-Bucket. Nothing of it is left in account 1.',
    );
  });
});
