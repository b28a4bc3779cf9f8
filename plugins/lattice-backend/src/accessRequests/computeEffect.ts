import { pathShape } from '@lattice-portal/access-logs';
import {
  type AuthorizationRequest,
  decide,
  type DecideOptions,
} from '@lattice-portal/auth-policy';
import type {
  AccessRequestEffect,
  EffectRow,
} from '@lattice-portal/plugin-lattice-common';
import type { StoredDeniedRequest } from '../database/DeniedRequestStore';

/** The documents of both layers at one side of the change. */
export type LayerDocuments = Pick<DecideOptions, 'network' | 'service'>;

/**
 * Says what becomes of recorded refusals: each call is decided again with the documents as they are
 * and as they would be.
 *
 * @param options - `calls`: refused calls of the caller, each with the request that policies see;
 * `others`: number of refused calls of other callers, whom the added statements do not name
 */
export function computeEffect(options: {
  from: string;
  to: string;
  calls: {
    stored: StoredDeniedRequest;
    request: AuthorizationRequest | undefined;
  }[];
  others: number;
  before: LayerDocuments;
  after: LayerDocuments;
  identity: DecideOptions['identity'];
}): AccessRequestEffect {
  const { from, to, calls, others, identity } = options;
  const newlyAllowed = new Map<string, EffectRow>();
  const unknown = new Map<string, EffectRow>();
  let stillDenied = others;
  const decideOnce = memoized((request, documents: LayerDocuments) =>
    decide({ request, ...documents, identity }),
  );
  for (const { stored, request } of calls) {
    if (!request) {
      addTo(unknown, stored, ['who called, which is not on record']);
      continue;
    }
    const after = decideOnce('after', request, options.after);
    const before = decideOnce('before', request, options.before);
    if (after.outcome === 'denied' || before.outcome === 'allowed') {
      // What today's policies allow already was refused under older ones: this change does nothing to it.
      stillDenied += after.outcome === 'denied' ? 1 : 0;
    } else if (after.outcome === 'allowed') {
      addTo(newlyAllowed, stored);
    } else {
      addTo(
        unknown,
        stored,
        after.layers.flatMap(layer => layer.unknown),
      );
    }
  }
  return {
    from,
    to,
    newlyAllowed: [...newlyAllowed.values()],
    stillDenied,
    unknown: [...unknown.values()],
  };
}

function addTo(
  rows: Map<string, EffectRow>,
  stored: StoredDeniedRequest,
  hangsOn?: string[],
): void {
  const { record, callerId } = stored;
  const { serviceArn, requestMethod, requestPath } = record;
  const shape = requestPath ? pathShape(requestPath) : undefined;
  const key = JSON.stringify([callerId, serviceArn, requestMethod, shape]);
  const row = rows.get(key);
  if (row) {
    row.count++;
    return;
  }
  rows.set(key, {
    callerId,
    serviceArn,
    method: requestMethod,
    pathShape: shape,
    count: 1,
    examplePath: requestPath,
    ...(hangsOn && { hangsOn: [...new Set(hangsOn)] }),
  });
}

/** Calls differ in little: the same question is asked once. */
function memoized<TDocuments, TVerdict>(
  ask: (request: AuthorizationRequest, documents: TDocuments) => TVerdict,
) {
  const answers = new Map<string, TVerdict>();
  return (
    side: string,
    request: AuthorizationRequest,
    documents: TDocuments,
  ): TVerdict => {
    const key = `${side}${JSON.stringify(request)}`;
    let answer = answers.get(key);
    if (!answer) {
      answer = ask(request, documents);
      answers.set(key, answer);
    }
    return answer;
  };
}
