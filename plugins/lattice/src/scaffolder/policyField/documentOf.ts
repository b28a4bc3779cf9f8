import {
  minifyPolicy,
  type PolicyDocument,
  type PolicyStatement,
} from '@lattice-portal/auth-policy';
import type { PolicyAnswer, PolicyDraft } from './PolicyAnswer';
import { newServiceArn, type PolicyPlace } from './PolicyPlace';

/** The policy as the product makes it of callers, methods and path. */
export function productDocument(
  draft: PolicyDraft,
  place: PolicyPlace,
): PolicyDocument {
  return documentWith(draft, place, {
    Resource: oneOrMany(
      draft.paths.map(path => `${newServiceArn(place)}${path}`),
    ),
  });
}

/**
 * The policy without the ARN of the service, which is not known before it is made.
 *
 * @remarks
 * A `Resource` of `*` and a path would match the path anywhere in the ARN, so the path is a condition.
 */
export function portableDocument(
  draft: PolicyDraft,
  place: PolicyPlace,
): PolicyDocument {
  const everyPath = draft.paths.includes('/*');
  return documentWith(
    draft,
    place,
    { Resource: '*' },
    everyPath
      ? {}
      : {
          StringLike: {
            'vpc-lattice-svcs:RequestPath': oneOrMany(draft.paths),
          },
        },
  );
}

/** The answer a draft comes to: with a document only where callers, methods and one path can't say it. */
export function answerOf(draft: PolicyDraft, place: PolicyPlace): PolicyAnswer {
  const { callers, methods, paths, onlySigned } = draft;
  const plain: PolicyAnswer = { callers, methods, path: paths[0] ?? '' };
  if (paths.length === 1 && onlySigned) {
    return plain;
  }
  return {
    ...plain,
    paths,
    onlySigned,
    document: minifyPolicy(portableDocument(draft, place)),
  };
}

function documentWith(
  { callers, methods, onlySigned }: PolicyDraft,
  { networkArn }: PolicyPlace,
  resource: Pick<PolicyStatement, 'Resource'>,
  condition: PolicyStatement['Condition'] = {},
): PolicyDocument {
  const statement: PolicyStatement = {
    Sid: onlySigned ? 'AllowChosenCallers' : 'AllowEveryCaller',
    Effect: 'Allow',
    Principal: onlySigned ? { AWS: oneOrMany(callers) } : '*',
    Action: 'vpc-lattice-svcs:Invoke',
    ...resource,
    Condition: {
      StringEquals: {
        ...(networkArn
          ? { 'vpc-lattice-svcs:ServiceNetworkArn': networkArn }
          : {}),
        'vpc-lattice-svcs:RequestMethod': oneOrMany(methods),
      },
      ...condition,
      ...(onlySigned
        ? { StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } }
        : {}),
    },
  };
  return { Version: '2012-10-17', Statement: [statement] };
}

function oneOrMany(items: string[]): string | string[] {
  return items.length === 1 ? items[0] : items;
}
