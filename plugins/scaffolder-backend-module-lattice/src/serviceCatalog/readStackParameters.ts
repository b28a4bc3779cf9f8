import {
  type CloudFormationClient,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { toError } from '@backstage/errors';

/** Parameters a stack has now, by name. Empty where there is no such stack: the product was never made. */
export async function readStackParameters(options: {
  cloudFormation: CloudFormationClient;
  stackName: string;
}): Promise<Record<string, string>> {
  const { cloudFormation, stackName } = options;
  try {
    const { Stacks = [] } = await cloudFormation.send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    const parameters: Record<string, string> = {};
    for (const { ParameterKey, ParameterValue } of Stacks.at(0)?.Parameters ??
      []) {
      if (ParameterKey !== undefined && ParameterValue !== undefined) {
        parameters[ParameterKey] = ParameterValue;
      }
    }
    return parameters;
  } catch (error) {
    // So AWS calls a stack that isn't there.
    if (toError(error).name === 'ValidationError') {
      return {};
    }
    throw error;
  }
}
