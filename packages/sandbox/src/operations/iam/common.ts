import type { PolicyJson, Role } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext } from '../OperationHandler';
import { paginate } from '../paginate';

export function noSuchEntity(message: string): AwsError {
  return new AwsError({ code: 'NoSuchEntityException', message });
}

/** @throws AwsError NoSuchEntity */
export function findRole(context: OperationContext, name: string): Role {
  const role = context.estate.roles.find(
    candidate =>
      candidate.accountId === context.accountId && candidate.name === name,
  );
  if (!role) {
    throw noSuchEntity(`The role with name ${name} cannot be found.`);
  }
  return role;
}

/** @throws AwsError MalformedPolicyDocument */
export function parseDocument(text: string): PolicyJson {
  let document: any;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  const statements = [document?.Statement ?? []].flat();
  if (
    statements.length === 0 ||
    statements.some(
      statement =>
        !['Allow', 'Deny'].includes(statement?.Effect) ||
        !(statement.Action || statement.NotAction),
    )
  ) {
    throw malformed('Syntax errors in policy.');
  }
  return document;
}

function malformed(message: string): AwsError {
  return new AwsError({ code: 'MalformedPolicyDocumentException', message });
}

/** IAM answers with policy documents in URL encoding. */
export function formatDocument(document: PolicyJson): string {
  return encodeURIComponent(JSON.stringify(document));
}

/** A page in IAM's words. */
export function iamPage<T>(
  input: { Marker?: string; MaxItems?: number },
  items: T[],
  key: (item: T) => string,
) {
  const page = paginate({
    items,
    key,
    maxResults: input.MaxItems,
    nextToken: input.Marker,
    defaultSize: 100,
    invalidToken: () =>
      new AwsError({
        code: 'ValidationError',
        message: 'The specified value for marker is invalid.',
      }),
  });
  return {
    items: page.items,
    IsTruncated: page.nextToken !== undefined,
    Marker: page.nextToken,
  };
}
