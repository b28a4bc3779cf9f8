import {
  findResourceType,
  pseudoParameters,
  subPieces,
} from '@lattice-portal/sandbox';
import type { Finding } from './checkPropertyValue';
import { isListParameter } from './checkPropertyValue';
import { canHold } from './conditions';
import { functionOf, isRecord, visitFunctions } from './templateValues';
import type { FunctionCall, Guard, Path } from './templateValues';

const PSEUDO = Object.keys(
  pseudoParameters({ id: '', name: '', accountId: '', region: '' }),
);

/** A mention of a parameter, resource, attribute, condition or mapping. */
interface Mention {
  kind: 'value' | 'attribute' | 'condition' | 'mapping';
  name: string;
  attribute?: string;
  path: Path;
  guards: Guard[];
}

/** All mentions in a value. */
function mentionsIn(value: unknown, from: Path, guards: Guard[] = []) {
  const mentions: Mention[] = [];
  const visit = (call: FunctionCall, path: Path, inner: Guard[]) => {
    const add = (mention: Omit<Mention, 'path' | 'guards'>) =>
      mentions.push({ ...mention, path, guards: [...guards, ...inner] });
    const [first, second] = [call.argument].flat() as [any, any];
    if (call.name === 'Ref') {
      add({ kind: 'value', name: String(call.argument) });
    } else if (call.name === 'Fn::GetAtt') {
      const [name, ...attribute] = Array.isArray(call.argument)
        ? call.argument
        : String(call.argument).split('.');
      add({ kind: 'attribute', name, attribute: attribute.join('.') });
    } else if (call.name === 'Fn::Sub') {
      for (const piece of subPieces(String(first))) {
        if (
          'variable' in piece &&
          !Object.hasOwn(second ?? {}, piece.variable)
        ) {
          const [name, ...attribute] = piece.variable.split('.');
          add(
            attribute.length > 0
              ? { kind: 'attribute', name, attribute: attribute.join('.') }
              : { kind: 'value', name },
          );
        }
      }
    } else if (call.name === 'Fn::If') {
      add({ kind: 'condition', name: String(first) });
    } else if (call.name === 'Fn::FindInMap' && typeof first === 'string') {
      add({ kind: 'mapping', name: first });
    } else if (call.name === 'Fn::ValueOf') {
      add({ kind: 'value', name: String(first) });
    }
  };
  visitFunctions(value, from, visit);
  return mentions;
}

/** Mentions of conditions by conditions, `{ Condition: name }`. */
function conditionsIn(value: unknown, path: Path): Mention[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => conditionsIn(item, [...path, index]));
  }
  if (!isRecord(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]): Mention[] =>
    key === 'Condition' && typeof item === 'string'
      ? [{ kind: 'condition', name: item, path: [...path, key], guards: [] }]
      : conditionsIn(item, [...path, key]),
  );
}

function allMentions(template: Record<string, any>): Mention[] {
  const mentions: Mention[] = [];
  for (const section of ['Conditions', 'Rules']) {
    mentions.push(...mentionsIn(template[section], [section]));
  }
  mentions.push(...conditionsIn(template.Conditions, ['Conditions']));
  for (const section of ['Resources', 'Outputs']) {
    for (const [name, part] of Object.entries<any>(template[section] ?? {})) {
      const path = [section, name];
      const condition = part?.Condition;
      const guards = condition ? [{ condition, holds: true }] : [];
      if (condition) {
        mentions.push({
          kind: 'condition',
          name: condition,
          path: [...path, 'Condition'],
          guards: [],
        });
      }
      for (const key of ['Properties', 'Value', 'Export']) {
        mentions.push(...mentionsIn(part?.[key], [...path, key], guards));
      }
    }
  }
  return mentions;
}

/** Finds mentions of what is not there, or not in every case, and what is there and never mentioned. */
export function checkReferences(template: Record<string, any>): Finding[] {
  const has = (section: string, name: string) =>
    Object.hasOwn(template[section] ?? {}, name);
  const mentions = allMentions(template);

  const dangling = mentions.flatMap((mention): Finding[] => {
    const { kind, name, attribute, path, guards } = mention;
    const inResources = path[0] === 'Resources' || path[0] === 'Outputs';
    if (kind === 'condition') {
      return has('Conditions', name)
        ? []
        : [[path, `there is no condition ${name}`]];
    }
    if (kind === 'mapping') {
      return has('Mappings', name)
        ? []
        : [[path, `there is no mapping ${name}`]];
    }
    if (inResources && has('Resources', name)) {
      const { Type, Condition } = template.Resources[name];
      const attributes = findResourceType(Type)?.attributes;
      if (attribute && attributes?.includes(attribute) === false) {
        return [[path, `${Type} has no attribute ${attribute}`]];
      }
      return Condition &&
        has('Conditions', Condition) &&
        canHold(template.Conditions, [
          ...guards,
          { condition: Condition, holds: false },
        ])
        ? [[path, `${name} is not made in every case in which this counts`]]
        : [];
    }
    if (kind === 'attribute') {
      return [[path, `there is no resource ${name}`]];
    }
    return PSEUDO.includes(name) || has('Parameters', name)
      ? []
      : [
          [
            path,
            `there is no parameter${inResources ? ' or resource' : ''} ${name}`,
          ],
        ];
  });

  const unused = (
    [
      ['Parameters', 'value'],
      ['Conditions', 'condition'],
      ['Mappings', 'mapping'],
    ] as const
  ).flatMap(([section, kind]) =>
    Object.keys(template[section] ?? {})
      .filter(
        name =>
          !mentions.some(
            mention => mention.kind === kind && mention.name === name,
          ),
      )
      .map((name): Finding => [[section, name], 'is never used']),
  );
  return [...dangling, ...unused, ...checkNames(template)];
}

/** Names that stand as plain text: dependencies, and parameters in the form's groups. */
function checkNames(template: Record<string, any>): Finding[] {
  const dependencies = Object.entries<any>(template.Resources ?? {}).flatMap(
    ([logicalId, resource]) =>
      [resource?.DependsOn ?? []]
        .flat()
        .filter(name => !Object.hasOwn(template.Resources, name))
        .map(
          (name): Finding => [
            ['Resources', logicalId, 'DependsOn'],
            `there is no resource ${name}`,
          ],
        ),
  );
  const form = 'AWS::CloudFormation::Interface';
  const groups: any[] = template.Metadata?.[form]?.ParameterGroups ?? [];
  const grouped = groups.flatMap((group, index) =>
    (group.Parameters ?? []).map((name: string) => ({ name, index })),
  );
  return [
    ...dependencies,
    ...grouped
      .filter(({ name }) => !Object.hasOwn(template.Parameters ?? {}, name))
      .map(
        ({ name, index }): Finding => [
          ['Metadata', form, 'ParameterGroups', index],
          `there is no parameter ${name}`,
        ],
      ),
    ...Object.keys(groups.length > 0 ? template.Parameters ?? {} : {})
      .filter(parameter => !grouped.some(({ name }) => name === parameter))
      .map((name): Finding => [['Parameters', name], 'is in no group']),
  ];
}

/** Outputs are texts, and somebody has to understand them. */
export function checkOutputs(template: Record<string, any>): Finding[] {
  return Object.entries<any>(template.Outputs ?? {}).flatMap(
    ([name, output]): Finding[] => {
      const path = ['Outputs', name];
      const call = functionOf(output?.Value);
      const isList =
        Array.isArray(output?.Value) ||
        call?.name === 'Fn::Split' ||
        (call?.name === 'Ref' &&
          isListParameter(template.Parameters?.[String(call.argument)]?.Type));
      return [
        ...(output?.Value === undefined
          ? [[path, 'needs a Value'] as Finding]
          : []),
        ...(output?.Description
          ? []
          : [[path, 'needs a Description'] as Finding]),
        ...(isList
          ? [[[...path, 'Value'], 'has to be a text'] as Finding]
          : []),
      ];
    },
  );
}
