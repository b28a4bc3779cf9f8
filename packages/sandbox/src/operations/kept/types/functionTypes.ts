import { AwsError } from '../../AwsError';
import { findKept, keptOf } from '../keptResource';
import type { KeptParts, KeptType } from '../KeptType';

const VERSION = 'AWS::Lambda::Version';

/** ARN of the function, without a version. */
function functionArn({ properties, accountId, region }: KeptParts): string {
  const { FunctionName } = properties;
  return FunctionName.startsWith('arn:')
    ? FunctionName.split(':').slice(0, 7).join(':')
    : `arn:aws:lambda:${region}:${accountId}:function:${FunctionName}`;
}

function checkFunction(parts: KeptParts): void {
  const arn = functionArn(parts);
  if (!parts.estate.functions.has(arn)) {
    throw notFound(`Function not found: ${arn}`);
  }
}

function notFound(message: string): AwsError {
  return new AwsError({
    code: 'ResourceNotFoundException',
    statusCode: 404,
    message,
  });
}

function versionsOf(parts: KeptParts): number[] {
  const prefix = `${functionArn(parts)}:`;
  return keptOf(parts.estate, { ...parts, type: VERSION })
    .filter(({ physicalId }) => physicalId.startsWith(prefix))
    .map(({ physicalId }) => Number(physicalId.slice(prefix.length)));
}

/**
 * AWS Lambda's versions and aliases: kept only, as a call by any of them runs the function as it
 * stands.
 */
export const functionTypes: KeptType[] = [
  {
    type: VERSION,
    service: 'lambda',
    create: 'PublishVersion',
    update: 'PutProvisionedConcurrencyConfig',
    delete: 'DeleteFunctionVersion',
    check: checkFunction,
    identify: parts => {
      const version = Math.max(0, ...versionsOf(parts)) + 1;
      const arn = `${functionArn(parts)}:${version}`;
      return {
        physicalId: arn,
        arn,
        attributes: { FunctionArn: arn, Version: String(version) },
      };
    },
  },
  {
    type: 'AWS::Lambda::Alias',
    service: 'lambda',
    create: 'CreateAlias',
    update: 'UpdateAlias',
    delete: 'DeleteAlias',
    taken: id => ({
      code: 'ResourceConflictException',
      message: `Alias already exists: ${id}`,
    }),
    check: parts => {
      checkFunction(parts);
      const { FunctionVersion } = parts.properties;
      const physicalId = `${functionArn(parts)}:${FunctionVersion}`;
      if (
        FunctionVersion !== '$LATEST' &&
        !findKept(parts.estate, { ...parts, type: VERSION, physicalId })
      ) {
        throw notFound(`Function not found: ${physicalId}`);
      }
    },
    identify: parts => {
      const arn = `${functionArn(parts)}:${parts.properties.Name}`;
      return { physicalId: arn, arn, attributes: { AliasArn: arn } };
    },
  },
  {
    type: 'AWS::Lambda::EventInvokeConfig',
    service: 'lambda',
    create: 'PutFunctionEventInvokeConfig',
    update: 'PutFunctionEventInvokeConfig',
    delete: 'DeleteFunctionEventInvokeConfig',
    check: checkFunction,
    identify: parts => ({
      physicalId: `${functionArn(parts)}|${parts.properties.Qualifier}`,
      arn: functionArn(parts),
      attributes: {},
    }),
  },
];
