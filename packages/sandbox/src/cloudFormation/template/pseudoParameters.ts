/**
 * The pseudo parameters of a stack.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html}
 */
export function pseudoParameters(stack: {
  id: string;
  name: string;
  accountId: string;
  region: string;
  notificationArns?: string[];
}): Record<string, unknown> {
  return {
    'AWS::AccountId': stack.accountId,
    'AWS::Region': stack.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackId': stack.id,
    'AWS::StackName': stack.name,
    'AWS::NotificationARNs': stack.notificationArns ?? [],
    'AWS::NoValue': undefined,
  };
}
