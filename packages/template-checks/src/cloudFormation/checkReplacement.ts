import { subPieces } from '@lattice-portal/sandbox';
import type { PropertyType, ResourceType } from '@lattice-portal/sandbox';
import type { Finding } from './checkPropertyValue';
import { isRecord, visitFunctions } from './templateValues';
import type { FunctionCall, Path } from './templateValues';

/** Names that are unique only beside another property that can't be changed. */
const NAMED_WITHIN: Record<string, string> = {
  'AWS::EC2::SecurityGroup': 'VpcId',
  'AWS::IAM::RolePolicy': 'RoleName',
  'AWS::VpcLattice::Listener': 'ServiceIdentifier',
  'AWS::VpcLattice::Rule': 'ListenerIdentifier',
};

/**
 * A change of a property that can't be changed makes a new resource before the old one goes. With the
 * same name for both AWS refuses the new one, so the name has to change along: the parameter that
 * replaces has to say so.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html}
 */
export function checkReplacement(options: {
  template: Record<string, any>;
  resource: Record<string, any>;
  resourceType: ResourceType;
  path: Path;
}): Finding[] {
  const { template, resource, resourceType, path } = options;
  const fixed = fixedProperties(
    resourceType,
    resourceType.properties,
    resource.Properties,
  );
  const name = fixed.find(
    ({ at: [property, ...deeper] }) =>
      deeper.length === 0 && isNameOf(property, resource.Type),
  );
  if (!name) {
    return [];
  }
  const naming = parametersIn(template, name.value);
  return fixed
    .filter(({ at }) => at !== name.at && at[0] !== NAMED_WITHIN[resource.Type])
    .flatMap(({ at, value }) =>
      parametersIn(template, value)
        .filter(
          parameter =>
            !naming.includes(parameter) &&
            !naming.some(one =>
              template.Parameters[parameter].Description?.includes(one),
            ),
        )
        .map(
          (parameter): Finding => [
            [...path, ...at],
            `makes a new resource when ${parameter} changes, with the same ${
              name.at[0]
            }; ${
              naming.length > 0
                ? `the description of ${parameter} has to say that ${naming.join(
                    ' or ',
                  )} changes along`
                : `the name has to follow from ${parameter}`
            }`,
          ],
        ),
    );
}

/** The values of properties, nested ones too, whose change makes a new resource. */
function fixedProperties(
  resourceType: ResourceType,
  properties: Record<string, PropertyType>,
  value: unknown,
  path: string[] = [],
): { at: string[]; value: unknown }[] {
  return Object.entries(isRecord(value) ? value : {}).flatMap(
    ([name, item]) => {
      const { replaces, ref } = properties[name] ?? {};
      const at = [...path, name];
      if (replaces === true) {
        return [{ at, value: item }];
      }
      return ref && resourceType.types[ref]
        ? fixedProperties(resourceType, resourceType.types[ref], item, at)
        : [];
    },
  );
}

/** `Name`, or `TableName` of a table; not the names of other things, such as `ClusterName` of an association. */
function isNameOf(property: string, type: string): boolean {
  return (
    property === 'Name' ||
    (property.endsWith('Name') && type.endsWith(property.slice(0, -4)))
  );
}

/** Names of the parameters that a value follows from, by conditions too. */
function parametersIn(template: Record<string, any>, value: unknown): string[] {
  const found = new Set<string>();
  const visit = ({ name, argument }: FunctionCall) => {
    if (name === 'Ref') {
      found.add(String(argument));
    }
    if (name === 'Fn::Sub') {
      for (const piece of subPieces(String([argument].flat()[0]))) {
        found.add('variable' in piece ? piece.variable : '');
      }
    }
    if (name === 'Fn::If') {
      const condition = template.Conditions?.[(argument as any[])[0]];
      visitFunctions(condition, [], visit);
    }
  };
  visitFunctions(value, [], visit);
  return [...found].filter(name =>
    Object.hasOwn(template.Parameters ?? {}, name),
  );
}
