import { Template } from '../template/Template';
import { TemplateError } from '../template/TemplateError';
import { Scope } from '../template/evaluate';
import { evaluateConditions } from '../template/evaluateConditions';
import { pseudoParameters } from '../template/pseudoParameters';
import { ParameterValue } from '../template/resolveParameters';
import { StackResource } from './Stack';

/** What the names in a stack's template stand for, as of now. */
export interface StackScope extends Scope {
  conditions: Record<string, boolean>;
}

/**
 * The scope of a stack: its parameters, and its resources as far as they exist.
 *
 * @param options - `resource` finds a resource by logical id; `exported` finds the value of an export.
 */
export function stackScope(options: {
  template: Template;
  parameters: Record<string, ParameterValue>;
  stack: {
    id: string;
    name: string;
    accountId: string;
    region: string;
    notificationArns?: string[];
  };
  resource(logicalId: string): StackResource | undefined;
  exported(name: string): string | undefined;
}): StackScope {
  const { template, parameters, stack, resource, exported } = options;
  const pseudo = pseudoParameters(stack);

  const base = {
    ref(name: string) {
      if (Object.hasOwn(pseudo, name)) {
        return pseudo[name];
      }
      if (Object.hasOwn(parameters, name)) {
        return parameters[name];
      }
      const physicalId = resource(name)?.physicalId;
      if (physicalId === undefined) {
        throw new TemplateError(
          `Template error: instance of Ref references undefined resource ${name}`,
        );
      }
      return physicalId;
    },
    getAtt(logicalId: string, attribute: string) {
      const value = resource(logicalId)?.attributes[attribute];
      if (value === undefined) {
        throw new TemplateError(
          `Template error: instance of Fn::GetAtt references undefined attribute ${attribute} of resource ${logicalId}`,
        );
      }
      return value;
    },
    findInMap(map: string, first: string, second: string) {
      const value = template.Mappings[map]?.[first]?.[second];
      if (value === undefined) {
        throw new TemplateError(
          `Template error: Unable to get mapping for ${map}::${first}::${second}`,
        );
      }
      return value;
    },
    importValue(name: string) {
      const value = exported(name);
      if (value === undefined) {
        throw new TemplateError(`No export named ${name} found.`);
      }
      return value;
    },
  };
  const conditions = evaluateConditions(template, base);
  return {
    ...base,
    conditions,
    condition(name) {
      if (!Object.hasOwn(conditions, name)) {
        throw new TemplateError(
          `Template error: unresolved condition dependency ${name}`,
        );
      }
      return conditions[name];
    },
  };
}
