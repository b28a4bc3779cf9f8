import { matchesSteps, stepsOf } from '../diff/Wildcards';
import { PolicyStatement } from '../types';
import { Need } from './Need';

/** Needs that one statement covers, and nothing else. */
interface Group {
  /** Absent: anonymous callers. */
  principals?: string[];
  action: string;
  resources: string[];
  /** Absent: any. */
  methods?: string[];
  sourceVpcs?: string[];
}

/**
 * The fewest statements that cover needs and no combination that nobody needs: resources
 * share a statement if they need the same methods, callers if they need the same resources.
 */
export function statementsFor(options: {
  needs: readonly Need[];
  isIdentity: boolean;
  expiresAt?: Date;
  nextSid: () => string;
}): PolicyStatement[] {
  const { needs, isIdentity, expiresAt, nextSid } = options;
  return groupNeeds(needs).map(group => ({
    Sid: nextSid(),
    Effect: 'Allow',
    ...(isIdentity
      ? {}
      : {
          Principal: group.principals
            ? { AWS: oneOrMany(group.principals) }
            : '*',
        }),
    Action: group.action,
    Resource: oneOrMany(group.resources),
    ...conditionOf(group, isIdentity, expiresAt),
  }));
}

function groupNeeds(needs: readonly Need[]): Group[] {
  const groups: Group[] = needs.map(
    ({ principal, action, resource, method, sourceVpc }) => ({
      action,
      resources: [resource],
      ...(principal ? { principals: [principal] } : {}),
      ...(method ? { methods: [method] } : {}),
      ...(sourceVpc ? { sourceVpcs: [sourceVpc] } : {}),
    }),
  );
  return (['methods', 'resources', 'principals', 'sourceVpcs'] as const).reduce(
    joinBy,
    groups,
  );
}

/** Joins groups that are equal but for one member. */
function joinBy(
  groups: Group[],
  name: Exclude<keyof Group, 'action'>,
): Group[] {
  const joined = new Map<string, Group>();
  for (const group of groups) {
    const { [name]: values, ...rest } = group;
    // Anybody and somebody don't share a list.
    const key = JSON.stringify([values === undefined, rest]);
    const known = joined.get(key)?.[name];
    const all = [...new Set([...(known ?? []), ...(values ?? [])])].sort();
    joined.set(key, {
      ...rest,
      ...(values
        ? { [name]: name === 'resources' ? withoutCovered(all) : all }
        : {}),
    } as Group);
  }
  return [...joined.values()];
}

/** Leaves out resources that another one covers. */
function withoutCovered(resources: string[]): string[] {
  const covers = (other: string, resource: string) =>
    !/\$\{|\?/.test(other + resource) &&
    matchesSteps(stepsOf(other, true), resource);
  return resources.filter(
    (resource, index) =>
      !resources.some(
        (other, place) =>
          place !== index &&
          covers(other, resource) &&
          // Of two that cover each other, the first stays.
          (place < index || !covers(resource, other)),
      ),
  );
}

function conditionOf(
  group: Group,
  isIdentity: boolean,
  expiresAt?: Date,
): Pick<PolicyStatement, 'Condition'> {
  const { principals, methods, sourceVpcs } = group;
  const root = principals?.filter(arn => arn.endsWith(':root'));
  const equals = {
    ...(principals ? {} : { 'aws:PrincipalType': 'Anonymous' }),
    ...(methods
      ? { 'vpc-lattice-svcs:RequestMethod': oneOrMany(methods) }
      : {}),
    ...(sourceVpcs
      ? { 'vpc-lattice-svcs:SourceVpc': oneOrMany(sourceVpcs) }
      : {}),
  };
  const condition: NonNullable<PolicyStatement['Condition']> = {
    ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
    // As principal, the root user stands for its whole account.
    ...(root?.length && !isIdentity
      ? { ArnEquals: { 'aws:PrincipalArn': oneOrMany(principals!) } }
      : {}),
    ...(expiresAt
      ? {
          DateLessThan: {
            'aws:CurrentTime': expiresAt.toISOString().replace(/\.\d+Z$/, 'Z'),
          },
        }
      : {}),
  };
  return Object.keys(condition).length > 0 ? { Condition: condition } : {};
}

function oneOrMany(values: string[]): string | string[] {
  return values.length === 1 ? values[0] : values;
}
