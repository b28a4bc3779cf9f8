import { SourceTemplate } from '../cloudFormation/SourceTemplate';
import type { TemplateProblem } from '../cloudFormation/TemplateProblem';
import { checkStatement } from './checkStatement';
import { findPolicies, statementsOf } from './findPolicies';

/**
 * What the policies in a template allow too widely: actions with wildcards, `*` as a resource without a reason,
 * roles passed to any service, principals that nothing narrows.
 *
 * @remarks
 * The reason for `*` is a comment right above the statement or above its `Resource`.
 *
 * @param hasReason - for templates that are written by a program: whether there is a reason elsewhere, by the
 * name of the statement.
 */
export function checkTemplatePolicies(
  text: string,
  hasReason: (sid: string) => boolean = () => false,
): TemplateProblem[] {
  const source = SourceTemplate.parse(text);
  return [
    ...findPolicies(source.value).flatMap(policy =>
      statementsOf(policy).flatMap(({ path, statement }) =>
        checkStatement({
          kind: policy.kind,
          statement,
          hasReason: Boolean(
            source.commentAt(path) ??
              source.commentAt([...path, 'Resource']) ??
              hasReason(statement.Sid),
          ),
        }).map(message => source.problem(path, message)),
      ),
    ),
    ...checkManagedPolicies(source),
    ...checkPermissions(source),
  ];
}

/** Policies of AWS change without asking: each needs a reason, too. */
function checkManagedPolicies(source: SourceTemplate): TemplateProblem[] {
  return Object.entries<any>(source.value.Resources ?? {}).flatMap(
    ([logicalId, { Properties = {} }]) => {
      const path = ['Resources', logicalId, 'Properties', 'ManagedPolicyArns'];
      return Properties.ManagedPolicyArns && !source.commentAt(path)
        ? [
            source.problem(
              path,
              'what managed policies allow is not seen here, and nothing beside them says why',
            ),
          ]
        : [];
    },
  );
}

/** Statements of functions' policies, which are resources of their own. */
function checkPermissions(source: SourceTemplate): TemplateProblem[] {
  return Object.entries<any>(source.value.Resources ?? {})
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Permission')
    .flatMap(([logicalId, { Properties }]) => {
      const { Action, Principal, SourceAccount, SourceArn } = Properties;
      return checkStatement({
        kind: 'resource',
        hasReason: true,
        statement: {
          Effect: 'Allow',
          Action,
          Principal: Principal === '*' ? Principal : { Service: Principal },
          Condition: {
            StringLike: {
              'aws:SourceAccount': SourceAccount ?? [],
              'aws:SourceArn': SourceArn ?? [],
            },
          },
        },
      }).map(message =>
        source.problem(['Resources', logicalId, 'Properties'], message),
      );
    });
}
