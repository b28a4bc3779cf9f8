import { SourceTemplate } from '../cloudFormation/SourceTemplate';
import type { TemplateProblem } from '../cloudFormation/TemplateProblem';
import { checkStatement } from './checkStatement';
import { statementsOf } from './findPolicies';
import handlerPermissions from './generated/handlerPermissions.json';
import { HANDLER_OPTIONS } from './handlerOptions';
import type { LaunchRoleReasons } from './LaunchRoleReasons';

const TYPES: Record<string, string[]> = handlerPermissions.types;

/**
 * What Service Catalog itself does with a launch role: stacks, plans of changes, and templates.
 * {@link https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html}
 */
const SERVICE_CATALOG = [
  'cloudformation:CreateChangeSet',
  'cloudformation:CreateStack',
  'cloudformation:DeleteChangeSet',
  'cloudformation:DeleteStack',
  'cloudformation:DescribeChangeSet',
  'cloudformation:DescribeStackEvents',
  'cloudformation:DescribeStackResources',
  'cloudformation:DescribeStacks',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:GetTemplate',
  'cloudformation:GetTemplateSummary',
  'cloudformation:SetStackPolicy',
  'cloudformation:UpdateStack',
  'cloudformation:ValidateTemplate',
  's3:GetObject',
];

/**
 * Holds a launch role's policy against the products that it launches: it allows what the handlers of their
 * resource types take, and nothing else; wildcards and more than that only with reasons.
 *
 * @param options - `policy`: the text of the policy; `templates`: the texts of the products' templates;
 * `reasons`: what is written beside the policy.
 */
export function checkLaunchRole(options: {
  policy: string;
  templates: string[];
  reasons: LaunchRoleReasons;
}): TemplateProblem[] {
  const { reasons } = options;
  const source = SourceTemplate.parse(options.policy);
  const statements = statementsOf({ document: source.value, path: [] });
  const allowed = new Map(
    statements.flatMap(({ path, statement }) =>
      [statement.Action]
        .flat()
        .map((action): [string, typeof path] => [action, path]),
    ),
  );
  const resources = options.templates.flatMap(text =>
    Object.values<any>(SourceTemplate.parse(text).value.Resources),
  );
  const listed = new Set(resources.flatMap(({ Type }) => TYPES[Type] ?? []));
  const needed = new Set([
    ...SERVICE_CATALOG,
    ...resources.flatMap(actionsFor),
  ]);
  const at = (message: string, path: (string | number)[] = []) =>
    source.problem(path, message);

  return [
    ...statements.flatMap(({ path, statement }) =>
      checkStatement({
        kind: 'identity',
        statement,
        hasReason: Object.hasOwn(reasons.wildcards, statement.Sid),
      }).map(message => source.problem(path, message)),
    ),
    ...[...needed]
      .filter(action => !allowed.has(action))
      .sort()
      .map(action => at(`${action} is needed by the products`)),
    ...[...allowed]
      .filter(
        ([action]) =>
          !listed.has(action) &&
          !SERVICE_CATALOG.includes(action) &&
          !Object.hasOwn(reasons.actions, action),
      )
      .map(([action, path]) =>
        source.problem(path, `no resource of the products needs ${action}`),
      ),
    // Reasons for what is not there any more mislead.
    ...Object.keys(reasons.actions)
      .filter(action => !allowed.has(action) || listed.has(action))
      .map(action => at(`the reason for ${action} is not needed`)),
    ...Object.keys(reasons.wildcards)
      .filter(
        sid =>
          !statements.some(
            ({ statement }) =>
              statement.Sid === sid &&
              [statement.Resource].flat().includes('*'),
          ),
      )
      .map(sid => at(`the reason for ${sid} is not needed`)),
  ];
}

/** What the handlers of a resource take, options that it doesn't use aside. */
function actionsFor({ Type, Properties = {} }: any): string[] {
  const unused = (HANDLER_OPTIONS[Type] ?? [])
    .filter(({ property }) => !property || Properties[property] === undefined)
    .flatMap(({ actions }) => actions.map(toPattern));
  return (TYPES[Type] ?? []).filter(
    action => !unused.some(pattern => pattern.test(action)),
  );
}

function toPattern(action: string): RegExp {
  return new RegExp(
    `^${action.replaceAll('*', '.*').replaceAll('?', '.')}$`,
    'i',
  );
}
