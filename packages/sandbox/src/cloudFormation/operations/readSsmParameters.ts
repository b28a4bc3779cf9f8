import type { OperationContext } from '../../operations/OperationHandler';
import { Template } from '../template/Template';
import { isSsmType } from '../template/resolveParameters';
import { validationError } from './validationErrors';

/**
 * The values that a template's parameters of Systems Manager types stand for now, by the name of
 * the template's parameter.
 *
 * @throws AwsError when one of them is not there.
 */
export async function readSsmParameters(
  { Parameters }: Template,
  given: Record<string, string>,
  { call }: OperationContext,
): Promise<Record<string, string>> {
  const names = new Map(
    Object.entries(Parameters)
      .filter(
        ([, { Type }]) =>
          isSsmType(Type) || Type === 'AWS::SSM::Parameter::Name',
      )
      .map(([key, { Default }]) => [key, given[key] ?? Default])
      .filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  if (names.size === 0) {
    return {};
  }
  const { Parameters: found = [] } = await call('ssm', 'GetParameters', {
    Names: [...new Set(names.values())],
    WithDecryption: false,
  });
  const values = new Map<string, string>(
    found.map(({ Name, Value }: any) => [Name, Value]),
  );
  const missing = [...new Set(names.values())].filter(
    name => !values.has(name),
  );
  if (missing.length > 0) {
    throw validationError(
      `Unable to fetch parameters [${missing.join(
        ',',
      )}] from parameter store for this account.`,
    );
  }
  return Object.fromEntries(
    [...names]
      .filter(([key]) => isSsmType(Parameters[key].Type))
      .map(([key, name]) => [key, values.get(name)!]),
  );
}
