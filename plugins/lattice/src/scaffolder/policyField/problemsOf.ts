import {
  AUTH_POLICY_MAX_CHARACTERS,
  lintPolicy,
  minifyPolicy,
  parsePolicy,
  type PolicyFinding,
  policySize,
} from '@lattice-portal/auth-policy';
import { isRoleArn } from '../callerChoices';
import { productDocument } from './documentOf';
import { draftOf, type PolicyAnswer, type PolicyDraft } from './PolicyAnswer';
import type { PolicyPlace } from './PolicyPlace';

/**
 * Characters a parameter of a CloudFormation template holds at most; a document goes through one, unless the template
 * says otherwise.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const PARAMETER_MAX_CHARACTERS = 4_096;

/** As the products take it. */
const PATH = /^\/[A-Za-z0-9/_.~-]*\*?$/;

/** Size of a policy, and how large it may be. */
export interface PolicySize {
  characters: number;
  limit: number;
}

/** The text of the policy that an answer stands for, as AWS gets it, but for the service's id. */
export function policyText(answer: PolicyAnswer, place: PolicyPlace): string {
  return (
    answer.document ?? minifyPolicy(productDocument(draftOf(answer), place))
  );
}

export function sizeOf(answer: PolicyAnswer, place: PolicyPlace): PolicySize {
  const { documentLimit = PARAMETER_MAX_CHARACTERS } = place;
  return {
    characters: policySize(policyText(answer, place)),
    limit:
      answer.document === undefined
        ? AUTH_POLICY_MAX_CHARACTERS
        : documentLimit,
  };
}

/**
 * What is to be said of a document that is written by hand. It is shown in lines, but put in one: line breaks are
 * no finding.
 *
 * @param text - as it is shown; findings have its lines and columns
 */
export function findingsOfWritten(text: string): PolicyFinding[] {
  return [
    ...lintPolicy(text).filter(({ code }) => code !== 'line-break'),
    ...namedServices(text),
    ...namelessStatements(text),
  ];
}

/** What is to be said of the policy of an answer. */
export function findingsOf(
  answer: PolicyAnswer,
  place: PolicyPlace,
): PolicyFinding[] {
  const text = policyText(answer, place);
  return answer.advanced ? findingsOfWritten(text) : lintPolicy(text);
}

/** What is wrong with an answer, in sentences. Empty: it can be used. */
export function problemsOf(answer: PolicyAnswer, place: PolicyPlace): string[] {
  if (answer.advanced) {
    return [
      ...(answer.callers.some(isRoleArn)
        ? []
        : [
            'Choose at least one role in the form: the template names the callers in the repository too.',
          ]),
      ...problemsOfDocument(answer, place),
    ];
  }
  const problems = problemsOfDraft(draftOf(answer));
  return problems.length > 0 ? problems : problemsOfDocument(answer, place);
}

/** What is wrong with what stands in the form. */
export function problemsOfDraft(draft: PolicyDraft): string[] {
  const { callers, methods, paths } = draft;
  return [
    ...(callers.length > 0
      ? []
      : ['Choose at least one role. A service nobody may call is of no use.']),
    ...callers
      .filter(caller => !isRoleArn(caller))
      .map(caller => `${caller} is not the ARN of an IAM role.`),
    ...(methods.length > 0 ? [] : ['Choose at least one method.']),
    ...(paths.length > 0 ? paths : ['']).flatMap(problemOfPath),
  ];
}

export function problemOfPath(path: string): string[] {
  return PATH.test(path) && path.length <= 200
    ? []
    : [
        `${
          path ? `The path ${path}` : 'An empty path'
        } can not be used. A path begins with / and holds letters, digits and _ . ~ -; * may stand at its end.`,
      ];
}

function problemsOfDocument(
  answer: PolicyAnswer,
  place: PolicyPlace,
): string[] {
  const errors = findingsOf(answer, place).filter(
    ({ severity }) => severity === 'error',
  );
  const { characters, limit } = sizeOf(answer, place);
  if (errors.length === 0 && characters > limit) {
    return [
      `The document has ${characters} characters; a template can pass on ${limit}. Take statements out, or let access be asked for in the portal once the service is there.`,
    ];
  }
  return errors.map(({ message }) => message);
}

/** When the service is changed, the statements of the form are told by their Sid from those that others added since. */
function namelessStatements(text: string): PolicyFinding[] {
  const parsed = parsePolicy(text, { kind: 'resource' });
  if (!parsed.ok) {
    return [];
  }
  return parsed.policy.statements
    .filter(({ sid }) => !sid)
    .map(
      ({ index }): PolicyFinding => ({
        code: 'sid-characters',
        severity: 'error',
        path: `$.Statement[${index}]`,
        message: `Statement ${
          index + 1
        } has no Sid. Give it one: by it the portal tells it from what others add, when the service is changed.`,
      }),
    );
}

/** Services that a document for a service which isn't there yet can't be about. */
function namedServices(text: string): PolicyFinding[] {
  const parsed = parsePolicy(text, { kind: 'resource' });
  if (!parsed.ok) {
    return [];
  }
  return parsed.policy.statements.flatMap(({ resource, index }) =>
    resource.patterns
      .filter(pattern => /:service\/svc-[0-9a-f]{17}/.test(pattern))
      .map(
        (pattern): PolicyFinding => ({
          code: 'never-matches',
          severity: 'error',
          path: `$.Statement[${index}].Resource`,
          message: `${pattern} is another service: this one gets its id when it is made. Write * instead, and paths as a condition on vpc-lattice-svcs:RequestPath.`,
        }),
      ),
  );
}
