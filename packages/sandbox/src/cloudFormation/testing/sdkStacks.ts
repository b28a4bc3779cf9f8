import {
  CloudFormationClient,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  Stack,
} from '@aws-sdk/client-cloudformation';

/** The stack as the SDK sees it, once it is at rest. */
export async function stackAtRest(
  client: CloudFormationClient,
  StackName: string,
): Promise<Stack> {
  for (;;) {
    const { Stacks } = await client.send(
      new DescribeStacksCommand({ StackName }),
    );
    const [stack] = Stacks!;
    if (!/(?<!REVIEW)_IN_PROGRESS$/.test(stack.StackStatus!)) {
      return stack;
    }
    await new Promise(wake => setTimeout(wake, 10));
  }
}

/** What a change set will do, a line per resource and cause. */
export async function plannedChanges(
  client: CloudFormationClient,
  input: { ChangeSetName: string; StackName?: string },
): Promise<string[]> {
  const { Changes = [] } = await client.send(
    new DescribeChangeSetCommand(input),
  );
  return Changes.flatMap(({ ResourceChange: change }) => [
    [change!.Action, change!.LogicalResourceId, change!.Replacement]
      .filter(Boolean)
      .join(' '),
    ...(change!.Details ?? []).map(
      ({ Target, Evaluation, ChangeSource, CausingEntity }) =>
        [
          ' ',
          Target!.Attribute,
          Target!.Name,
          Target!.RequiresRecreation,
          Evaluation,
          ChangeSource,
          CausingEntity,
        ]
          .filter(Boolean)
          .join(' '),
    ),
  ]);
}
