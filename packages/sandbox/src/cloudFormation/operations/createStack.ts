import type { OperationHandler } from '../../operations/OperationHandler';
import type { StackEngine } from '../engine/StackEngine';
import { sessionOf } from './sessionOf';
import { validationError } from './validationErrors';

/** `CreateStack`. Templates are given in the request: the sandbox fetches no `TemplateURL`. */
export function createStack(engine: StackEngine): OperationHandler {
  return (input, context) => {
    const { StackName, TemplateBody, ClientRequestToken, RoleARN } = input;
    const { accountId, region } = context;
    if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(StackName)) {
      throw validationError(
        `1 validation error detected: Value '${StackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
      );
    }
    if (!TemplateBody) {
      throw validationError(
        input.TemplateURL
          ? 'The sandbox does not fetch TemplateURL: give TemplateBody'
          : 'Either Template URL or Template Body must be specified.',
      );
    }
    if (input.OnFailure && input.DisableRollback !== undefined) {
      throw validationError(
        'You can specify either DisableRollback or OnFailure, but not both.',
      );
    }
    const same =
      ClientRequestToken &&
      engine.store
        .list({ accountId, region })
        .find(
          stack =>
            stack.clientRequestToken === ClientRequestToken &&
            stack.name === StackName,
        );
    if (same) {
      return { StackId: same.id };
    }
    const stack = engine.createStack({
      name: StackName,
      accountId,
      region,
      principalArn: RoleARN
        ? sessionOf(RoleARN, 'AWSCloudFormation')
        : context.principalArn,
      roleArn: RoleARN,
      templateBody: TemplateBody,
      parameters: Object.fromEntries(
        (input.Parameters ?? []).map((parameter: any) => [
          parameter.ParameterKey,
          parameter.ParameterValue ?? '',
        ]),
      ),
      tags: Object.fromEntries(
        (input.Tags ?? []).map(({ Key, Value }: any) => [Key, Value]),
      ),
      capabilities: input.Capabilities ?? [],
      notificationArns: input.NotificationARNs ?? [],
      onFailure:
        input.OnFailure ?? (input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK'),
      terminationProtection: input.EnableTerminationProtection ?? false,
      clientRequestToken: ClientRequestToken,
    });
    return { StackId: stack.id };
  };
}
