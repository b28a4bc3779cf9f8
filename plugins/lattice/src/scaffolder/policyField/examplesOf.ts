import {
  decide,
  type AuthorizationRequest,
  type LayerVerdict,
} from '@lattice-portal/auth-policy';
import { callerName, parseArn } from '@lattice-portal/plugin-lattice-common';
import type { PolicyDraft } from './PolicyAnswer';
import { newServiceArn, type PolicyPlace } from './PolicyPlace';

/** A call that could come, and what the policy says of it. */
export interface PolicyExample {
  /** Who calls: `orders (223344556677)`. */
  caller: string;
  /** In a word or two, why the example is there: `chosen`, `not listed`, `not signed`. */
  kind: string;
  method: string;
  path: string;
  verdict: LayerVerdict;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const allowAll = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: '*' },
  ],
};

/**
 * Calls that show who gets through and who doesn't, decided by the engine that decides in the rest of the portal.
 *
 * @remarks
 * Only the service's own policy is asked: the network's and the callers' own count besides.
 *
 * @param options - `others`: ARNs of roles of the estate, of which one that is not chosen is tried; `now` in
 *   milliseconds since the epoch
 */
export function examplesOf(options: {
  policy: string;
  draft: PolicyDraft;
  place: PolicyPlace;
  others: string[];
  now: number;
}): PolicyExample[] {
  const { draft, others } = options;
  const method = draft.methods[0] ?? 'GET';
  const path = samplePath(draft.paths[0] ?? '/*');
  const chosen = draft.callers.slice(0, 3);
  const otherMethod = METHODS.find(name => !draft.methods.includes(name));
  const isOutside = !draft.paths.some(pattern => covers(pattern, '/elsewhere'));
  const stranger =
    others.find(arn => !draft.callers.includes(arn)) ??
    'arn:aws:iam::000000000000:role/somebody-else';
  const of = exampleBy(options);
  return [
    ...chosen.map(caller => of({ caller, kind: 'chosen', method, path })),
    ...draft.paths
      .slice(1, 3)
      .flatMap(other =>
        chosen
          .slice(0, 1)
          .map(caller =>
            of({ caller, kind: 'chosen', method, path: samplePath(other) }),
          ),
      ),
    ...chosen
      .slice(0, 1)
      .flatMap(caller => [
        ...(otherMethod
          ? [of({ caller, kind: 'other method', method: otherMethod, path })]
          : []),
        ...(isOutside
          ? [of({ caller, kind: 'other path', method, path: '/elsewhere' })]
          : []),
      ]),
    of({ caller: stranger, kind: 'not listed', method, path }),
    of({ kind: 'not signed', method, path }),
  ];
}

/** A path that a pattern covers. */
export function samplePath(pattern: string): string {
  return pattern.replaceAll('*', '1041');
}

function exampleBy(options: {
  policy: string;
  place: PolicyPlace;
  now: number;
}) {
  const { policy, place, now } = options;
  return (call: {
    caller?: string;
    kind: string;
    method: string;
    path: string;
  }): PolicyExample => {
    const { caller, kind, method, path } = call;
    const verdict = decide({
      request: {
        caller: caller ? signed(caller) : { kind: 'anonymous' },
        serviceArn: newServiceArn(place),
        serviceNetworkArn: place.networkArn,
        method,
        path,
        time: now,
      },
      network: { authType: 'NONE' },
      service: { authType: 'AWS_IAM', policy },
      identity: { policies: [allowAll] },
    });
    const row = verdict.layers.find(({ layer }) => layer === 'service');
    return {
      caller: caller ? nameOf(caller) : 'anonymous',
      kind,
      method,
      path,
      verdict: row!,
    };
  };
}

function signed(roleArn: string): AuthorizationRequest['caller'] {
  const { partition = 'aws', accountId = '' } = parseArn(roleArn) ?? {};
  return {
    kind: 'signed',
    arn: `arn:${partition}:sts::${accountId}:assumed-role/${callerName(
      roleArn,
    )}/any`,
    roleArn,
  };
}

function nameOf(roleArn: string): string {
  return `${callerName(roleArn)} (${parseArn(roleArn)?.accountId ?? ''})`;
}

function covers(pattern: string, path: string): boolean {
  return pattern.endsWith('*')
    ? path.startsWith(pattern.slice(0, -1))
    : path === pattern;
}
