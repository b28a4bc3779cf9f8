import {
  agreesWithRecord,
  type AuthorizationRequest,
  decide,
  generalisePath,
  type Verdict,
} from '@lattice-portal/auth-policy';
import {
  callerAccountId,
  callerName,
  type DenialExplanation,
  type PolicyEvaluation,
  type ProposedFix,
} from '@lattice-portal/plugin-lattice-common';
import type { MayReadPolicy } from '../authorization/viewerAccess';
import { withoutText } from '../authorization/withoutDocuments';
import {
  withheldLayers,
  withoutQuotations,
} from '../authorization/withoutQuotations';
import type { StoredDeniedRequest } from '../database/DeniedRequestStore';
import type { EstateIndex } from '../estate/EstateIndex';
import { planAccess } from '../policies/planAccess';
import type { IdentityLayer, LayerPolicy } from '../policies/PolicyLookup';

/** The policies of one moment. */
export interface PoliciesAt {
  network: LayerPolicy;
  service: LayerPolicy;
}

/** Sid of a proposed statement until a request is made of it. */
const PROPOSED_SID = 'LatticePortalProposed';

/**
 * Says what the policies make of a denied request, and what would let it through.
 *
 * @param options - `request` absent: who called is not on record; `then` absent: no version of that
 * time is known; `now` in milliseconds since the epoch; `mayRead`: whose policies the viewer may read.
 * What is said of other policies doesn't quote them
 */
export function explainDenial(options: {
  stored: StoredDeniedRequest;
  request: AuthorizationRequest | undefined;
  then?: PoliciesAt;
  current: PoliciesAt;
  identity: IdentityLayer;
  index: EstateIndex;
  now: number;
  mayRead: MayReadPolicy;
}): Pick<
  DenialExplanation,
  'then' | 'now' | 'agreement' | 'notChecked' | 'fix' | 'noFix'
> {
  const { stored, request, then, current, identity, now, mayRead } = options;
  const { record } = stored;
  const evaluate = (policies: PoliciesAt, time: number): PolicyEvaluation => {
    const documents = [
      policies.network.used,
      policies.service.used,
      ...identity.used,
    ].flatMap(used => (used ? [used] : []));
    const verdict = request
      ? decide({
          request: { ...request, time },
          network: policies.network.attachment,
          service: policies.service.attachment,
          identity: identity.identity,
        })
      : unknownVerdict();
    return {
      at: new Date(time).toISOString(),
      verdict: withoutQuotations(verdict, {
        withheld: withheldLayers(documents, mayRead),
      }),
      documents: documents.map(document => withoutText(document, { mayRead })),
    };
  };
  const thenEvaluation = then && evaluate(then, record.timestamp);
  const nowEvaluation = evaluate(current, now);
  return {
    then: thenEvaluation,
    now: nowEvaluation,
    agreement: agreesWithRecord((thenEvaluation ?? nowEvaluation).verdict, {
      allowed: false,
      authDeniedReason: record.authDeniedReason,
    }),
    notChecked: notCheckedOf(options),
    ...fixOf(options, nowEvaluation.verdict),
  };
}

function fixOf(
  options: Parameters<typeof explainDenial>[0],
  verdict: Verdict,
): { fix?: ProposedFix; noFix?: string } {
  const { stored, request, current, identity, index } = options;
  const { record, callerId } = stored;
  if (!request) {
    return { noFix: 'Who called is not on record, so nobody can be let in.' };
  }
  if (request.caller.kind === 'anonymous') {
    return {
      noFix:
        'The call was not signed. Let the caller sign its requests with SigV4 (service vpc-lattice-svcs); the portal does not open services to everybody.',
    };
  }
  if (verdict.outcome === 'allowed') {
    return { noFix: 'The policies of today allow this call.' };
  }
  const { requestMethod, requestPath } = record;
  if (!requestMethod || !requestPath) {
    return { noFix: 'The method or path of the call is not on record.' };
  }
  const methods = [requestMethod];
  const paths = [generalisePath(requestPath)];
  const plan = planAccess({
    requests: [{ ...request, time: options.now }],
    callerId,
    roleArn: request.caller.roleArn,
    ...current,
    identity: identity.identity,
    mayRead: options.mayRead,
    sid: PROPOSED_SID,
    methods,
    paths,
    sourceVpc: record.sourceVpcId,
  });
  const reasons = [...plan.against];
  if (stored.outcome === 'denied-by-identity' && reasons.length === 0) {
    reasons.push(
      `AWS recorded that no identity policy of the role ${callerName(
        callerId,
      )} in account ${callerAccountId(
        callerId,
      )} allowed vpc-lattice-svcs:Invoke on ${
        record.serviceArn
      }. Only the owner of that account can add one.`,
    );
  }
  if (reasons.length > 0 || plan.changes.length === 0) {
    return { noFix: [...reasons, ...plan.open].join(' ') };
  }
  return {
    fix: {
      changes: plan.changes.map(
        ({ layer, resourceArn, resourceName, statement }) => ({
          layer,
          resourceArn,
          resourceName,
          owner: index.ownerOfResource(resourceArn),
          statement,
        }),
      ),
      proof: plan.proof,
      methods,
      paths,
    },
  };
}

function notCheckedOf(options: Parameters<typeof explainDenial>[0]): string[] {
  const { request, then, current, identity } = options;
  const notes: string[] = [];
  for (const { attachment, assumed } of [
    ...(then ? [then.network, then.service] : []),
    current.network,
    current.service,
  ]) {
    notes.push(...assumed);
    if ('unreadable' in attachment) {
      notes.push(attachment.unreadable);
    }
  }
  if (!then) {
    notes.push('No policy of the time of the call is known.');
  }
  if (!request) {
    notes.push('Who called is not on record: no policy could be asked.');
    return [...new Set(notes)];
  }
  if (request.caller.kind === 'signed') {
    if (identity.identity && 'unreadable' in identity.identity) {
      notes.push(identity.identity.unreadable);
    } else {
      notes.push(
        'The caller’s identity policies are as they are now: their history is not kept.',
      );
    }
    notes.push(
      'Permissions boundaries, session policies and organization policies (SCP, RCP) of the caller are not read.',
    );
  }
  notes.push(
    'Headers, query string and tags of the call are not in the access log.',
  );
  return [...new Set(notes)];
}

function unknownVerdict(): Verdict {
  const message = 'Who called is not on record.';
  return {
    outcome: 'unknown',
    layers: (['network', 'service', 'identity'] as const).map(layer => ({
      layer,
      result: 'unknown',
      nearest: [],
      unknown: [message],
      message,
    })),
  };
}
