import { randomUUID } from 'node:crypto';
import type { LambdaFunction } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { trusts } from './trusts';

function findFunction(
  nameOrArn: string,
  { estate, accountId, region }: OperationContext,
): LambdaFunction {
  const arn = nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:aws:lambda:${region}:${accountId}:function:${nameOrArn}`;
  const found = estate.functions.get(arn);
  if (!found || found.accountId !== accountId) {
    throw new AwsError({
      code: 'ResourceNotFoundException',
      statusCode: 404,
      message: `Function not found: ${arn}`,
    });
  }
  return found;
}

function invalid(message: string): AwsError {
  return new AwsError({
    code: 'InvalidParameterValueException',
    statusCode: 400,
    message,
  });
}

function checkCode(code: { ZipFile?: unknown } | undefined): string {
  if (typeof code?.ZipFile !== 'string') {
    throw invalid(
      'The sandbox runs functions with inline code (Code.ZipFile) only',
    );
  }
  return code.ZipFile;
}

function checkRuntime(runtime: string | undefined): void {
  if (!/^nodejs\d+\.x$/.test(runtime ?? '')) {
    throw invalid(
      `The sandbox runs functions on Node.js only: ${runtime} is not supported`,
    );
  }
}

function checkRole(roleArn: string, { estate }: OperationContext): void {
  const role = estate.roles.get(roleArn);
  if (!role || !trusts(role.trustPolicy, 'lambda.amazonaws.com')) {
    throw invalid(
      'The role defined for the function cannot be assumed by Lambda.',
    );
  }
}

function describe(lambdaFunction: LambdaFunction) {
  return {
    FunctionName: lambdaFunction.name,
    FunctionArn: lambdaFunction.arn,
    Role: lambdaFunction.roleArn,
    Runtime: lambdaFunction.runtime,
    Handler: lambdaFunction.handler,
    Timeout: lambdaFunction.timeoutSeconds,
    State: 'Active',
  };
}

/**
 * The operations of AWS Lambda that CloudFormation needs; they are not reachable over the wire.
 * `Code.ZipFile` is the function's text, as in a template.
 */
export const lambdaOperations: ServiceOperations = {
  CreateFunction(input, context) {
    const { estate, accountId, region, now } = context;
    const { FunctionName: name, Code, Role, Runtime, Handler, Timeout } = input;
    const arn = `arn:aws:lambda:${region}:${accountId}:function:${name}`;
    if (estate.functions.has(arn)) {
      throw new AwsError({
        code: 'ResourceConflictException',
        statusCode: 409,
        message: `Function already exist: ${name}`,
      });
    }
    const code = checkCode(Code);
    checkRuntime(Runtime);
    checkRole(Role, context);
    const made = estate.functions.put(arn, {
      arn,
      name,
      accountId,
      region,
      roleArn: Role,
      runtime: Runtime,
      handler: Handler ?? 'index.handler',
      code,
      environment: input.Environment?.Variables ?? {},
      timeoutSeconds: Timeout ?? 3,
      tags: input.Tags ?? {},
      permissions: {},
      createdAt: new Date(now()).toISOString(),
    });
    return describe(made);
  },

  GetFunction({ FunctionName }, context) {
    return { Configuration: describe(findFunction(FunctionName, context)) };
  },

  UpdateFunctionCode({ FunctionName, Code, ZipFile }, context) {
    const { arn } = findFunction(FunctionName, context);
    const code = checkCode(Code ?? { ZipFile });
    return describe(
      context.estate.functions.update(arn, current => ({ ...current, code })),
    );
  },

  UpdateFunctionConfiguration(input, context) {
    const { Role, Runtime, Handler, Timeout, Environment } = input;
    const current = findFunction(input.FunctionName, context);
    checkRuntime(Runtime ?? current.runtime);
    checkRole(Role ?? current.roleArn, context);
    return describe(
      context.estate.functions.put(current.arn, {
        ...current,
        roleArn: Role ?? current.roleArn,
        runtime: Runtime ?? current.runtime,
        handler: Handler ?? current.handler,
        timeoutSeconds: Timeout ?? current.timeoutSeconds,
        environment: Environment?.Variables ?? current.environment,
      }),
    );
  },

  TagResource({ Resource, Tags }, context) {
    const { arn } = findFunction(Resource, context);
    context.estate.functions.update(arn, current => ({
      ...current,
      tags: { ...current.tags, ...Tags },
    }));
  },

  UntagResource({ Resource, TagKeys }, context) {
    const { arn } = findFunction(Resource, context);
    context.estate.functions.update(arn, current => ({
      ...current,
      tags: Object.fromEntries(
        Object.entries(current.tags).filter(([key]) => !TagKeys.includes(key)),
      ),
    }));
  },

  DeleteFunction({ FunctionName }, context) {
    const { arn } = findFunction(FunctionName, context);
    context.estate.functions.delete(arn);
    return {};
  },

  AddPermission(input, context) {
    const { StatementId = randomUUID(), Action, Principal } = input;
    const { arn, permissions } = findFunction(input.FunctionName, context);
    if (permissions[StatementId]) {
      throw new AwsError({
        code: 'ResourceConflictException',
        statusCode: 409,
        message: `The statement id (${StatementId}) provided already exists.`,
      });
    }
    const condition = {
      ...(input.SourceArn && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
      ...((input.SourceAccount || input.PrincipalOrgID) && {
        StringEquals: {
          ...(input.SourceAccount && {
            'AWS:SourceAccount': input.SourceAccount,
          }),
          ...(input.PrincipalOrgID && {
            'aws:PrincipalOrgID': input.PrincipalOrgID,
          }),
        },
      }),
    };
    const statement = {
      Sid: StatementId,
      Effect: 'Allow',
      Principal: /\.amazonaws\.com$/.test(Principal)
        ? { Service: Principal }
        : { AWS: Principal },
      Action,
      Resource: arn,
      ...(Object.keys(condition).length > 0 && { Condition: condition }),
    };
    context.estate.functions.update(arn, current => ({
      ...current,
      permissions: { ...current.permissions, [StatementId]: statement },
    }));
    return { Statement: JSON.stringify(statement) };
  },

  RemovePermission({ FunctionName, StatementId }, context) {
    const { arn, permissions } = findFunction(FunctionName, context);
    const { [StatementId]: removed, ...rest } = permissions;
    if (!removed) {
      throw new AwsError({
        code: 'ResourceNotFoundException',
        statusCode: 404,
        message: `No policy is associated with the given resource.`,
      });
    }
    context.estate.functions.update(arn, current => ({
      ...current,
      permissions: rest,
    }));
    return {};
  },
};
