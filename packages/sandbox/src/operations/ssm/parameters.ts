import { keptOf } from '../kept/keptResource';
import type { ServiceOperations } from '../OperationHandler';

/** Reads of the parameter store: what stacks have put there. */
export const parameterOperations: ServiceOperations = {
  GetParameters({ Names }, context) {
    const type = 'AWS::SSM::Parameter';
    const own = new Map(
      keptOf(context.estate, { ...context, type }).map(parameter => [
        parameter.physicalId,
        parameter,
      ]),
    );
    const found = [...new Set<string>(Names)].flatMap(name => {
      const parameter = own.get(name);
      return parameter ? [{ name, ...parameter }] : [];
    });
    return {
      Parameters: found.map(({ name, arn, properties }) => ({
        Name: name,
        ARN: arn,
        Type: properties.Type,
        Value: properties.Value,
      })),
      InvalidParameters: Names.filter((name: string) => !own.has(name)),
    };
  },
};
