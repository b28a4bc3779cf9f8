import { PolicyDocument, PolicyStatement } from '../types';
import { isSameJson } from './isSameJson';
import { PolicyChangeError } from './PolicyChangeError';
import { statementsOf } from './statementsOf';

/**
 * Appends statements to a policy document.
 *
 * @remarks
 * Every statement and member that is there stays as it is and where it is. A statement
 * that is there already with the same Sid and content is not added again.
 *
 * @param document - the document; undefined for a resource without a policy, which
 * gives a new document of version 2012-10-17. It is not changed.
 * @returns the new document.
 * @throws `ConflictError` if a Sid is there already with other content.
 * @public
 */
export function addStatements(
  document: PolicyDocument | undefined,
  statements: PolicyStatement[],
): PolicyDocument {
  const base: PolicyDocument = document ?? {
    Version: '2012-10-17',
    Statement: [],
  };
  const result = [...statementsOf(base)];
  for (const statement of statements) {
    const existing =
      statement.Sid === undefined
        ? undefined
        : result.find(other => other.Sid === statement.Sid);
    if (!existing) {
      result.push(statement);
    } else if (!isSameJson(existing, statement)) {
      throw new PolicyChangeError(
        'ConflictError',
        `The policy already has another statement with Sid "${statement.Sid}"`,
      );
    }
  }
  return { ...base, Statement: result };
}
