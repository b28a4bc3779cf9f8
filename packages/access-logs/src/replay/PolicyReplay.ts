import {
  accountOfArn,
  type AuthPolicyAttachment,
  compilePolicy,
  decide,
  decideOutcome,
  type DecideOptions,
  type OpenRequest,
  parsePolicy,
  type Policy,
  type VerdictOutcome,
} from '@lattice-portal/auth-policy';
import { isDenied, type Outcome } from '@lattice-portal/plugin-lattice-common';
import type { AccessLogCaller, AccessLogRecord } from '../types';
import { CallFolder } from './CallFolder';
import type { ProposedPolicies, ReplayChange } from './types';

const NOT_ENFORCED: AuthPolicyAttachment = { authType: 'NONE' };
const MAX_SHAPES = 200_000;
const FAILED = 'the call failed, no verdict is on record';

/** The layers that have a proposed policy for a service, and how calls to it fold. */
interface ServicePlan {
  network: AuthPolicyAttachment;
  service: AuthPolicyAttachment;
  folder: CallFolder;
  /** What was decided: by the number of the caller, then by the rest of a call's shape. */
  verdicts: Array<Map<string, VerdictOutcome> | undefined>;
}

/** What is proposed for a service. */
interface Proposal {
  source: unknown;
  /** Absent: it is invalid. */
  policy?: Policy;
}

/** A recorded call with what was found out about it. */
export interface ClassifiedCall {
  record: AccessLogRecord;
  caller: AccessLogCaller;
  outcome: Outcome;
}

/**
 * Decides recorded calls by proposed policies, each kind of call once.
 *
 * @remarks
 * Of two calls that the policies can't tell apart only one is decided (see {@link CallFolder}).
 *
 * The log has only one verdict per call. So a layer for which nothing is proposed, as the caller's
 * identity-based policies, is taken to refuse the calls that it is recorded to have refused, and to let
 * all others through.
 */
export class PolicyReplay {
  readonly #network?: AuthPolicyAttachment;
  readonly #services: ReadonlyMap<string, Proposal>;
  readonly #networkPolicy?: Policy;
  readonly #identity: NonNullable<DecideOptions['identity']>;
  readonly #plans = new Map<string, ServicePlan | undefined>();
  #shapes = 0;

  private constructor(policies: ProposedPolicies) {
    this.#services = new Map(
      [...(policies.services ?? [])].map(([serviceArn, source]) => [
        serviceArn,
        { source, policy: parsed(source) },
      ]),
    );
    this.#networkPolicy = parsed(policies.network);
    this.#network = attachment(policies.network);
    this.#identity = {
      policies: [
        compilePolicy(
          { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
          { kind: 'identity' },
        ),
      ],
    };
  }

  static create(policies: ProposedPolicies): PolicyReplay {
    return new PolicyReplay(policies);
  }

  /** What the policies make of a call. Absent: nothing is proposed that decides it, so it stays as it was. */
  changeOf(call: ClassifiedCall): ReplayChange | undefined {
    const { record, outcome } = call;
    const plan = this.#planOf(record.serviceArn);
    if (!plan) {
      return undefined;
    }
    if (isRefusedElsewhere(outcome, plan)) {
      return 'unchanged';
    }
    if (outcome === 'failed') {
      return 'unknown';
    }
    const after = this.#verdictOf(call, plan);
    if (after === 'unknown') {
      return after;
    }
    const before = isDenied(outcome) ? 'denied' : 'allowed';
    if (after === before) {
      return 'unchanged';
    }
    return after === 'allowed' ? 'newly-allowed' : 'newly-denied';
  }

  /** Why the change is not known. */
  reasonsFor(call: ClassifiedCall): string[] {
    const plan = this.#planOf(call.record.serviceArn);
    if (!plan) {
      return [];
    }
    if (call.outcome === 'failed') {
      return [FAILED];
    }
    const { layers } = decide(this.#optionsFor(call, plan));
    return [...new Set(layers.flatMap(({ unknown }) => unknown))];
  }

  #verdictOf(call: ClassifiedCall, plan: ServicePlan): VerdictOutcome {
    const shape = plan.folder.shapeOf(call.record);
    const verdicts = this.#verdictsFor(call.caller, plan);
    let verdict = verdicts.get(shape);
    if (verdict === undefined) {
      verdict = decideOutcome(this.#optionsFor(call, plan));
      this.#shapes++;
      verdicts.set(shape, verdict);
    }
    return verdict;
  }

  #verdictsFor(
    caller: AccessLogCaller,
    { folder, verdicts }: ServicePlan,
  ): Map<string, VerdictOutcome> {
    if (this.#shapes >= MAX_SHAPES) {
      this.#shapes = 0;
      for (const plan of this.#plans.values()) {
        plan?.verdicts.splice(0);
      }
    }
    const number = folder.callerOf(caller);
    let found = verdicts[number];
    if (!found) {
      found = new Map();
      verdicts[number] = found;
    }
    return found;
  }

  #optionsFor(
    call: ClassifiedCall,
    plan: ServicePlan,
  ): DecideOptions<OpenRequest> {
    return {
      request: requestOf(call),
      network: plan.network,
      service: plan.service,
      identity: this.#identity,
    };
  }

  #planOf(serviceArn: string): ServicePlan | undefined {
    const known = this.#plans.get(serviceArn);
    if (known || this.#plans.has(serviceArn)) {
      return known;
    }
    const plan = this.#makePlan(serviceArn);
    this.#plans.set(serviceArn, plan);
    return plan;
  }

  #makePlan(serviceArn: string): ServicePlan | undefined {
    const proposal = this.#services.get(serviceArn);
    const service = attachment(proposal?.source);
    if (!service && !this.#network) {
      return undefined;
    }
    const policies = [this.#networkPolicy, proposal?.policy];
    return {
      network: this.#network ?? NOT_ENFORCED,
      service: service ?? NOT_ENFORCED,
      folder: CallFolder.create({
        serviceArn,
        policies: policies.filter(policy => policy !== undefined),
      }),
      verdicts: [],
    };
  }
}

function isRefusedElsewhere(outcome: Outcome, plan: ServicePlan): boolean {
  return (
    outcome === 'denied-by-identity' ||
    (outcome === 'denied-by-network' && plan.network === NOT_ENFORCED) ||
    (outcome === 'denied-by-service' && plan.service === NOT_ENFORCED)
  );
}

function attachment(source: unknown): AuthPolicyAttachment | undefined {
  return source === undefined
    ? undefined
    : { authType: 'AWS_IAM', policy: compilePolicy(source) };
}

/** Absent for an invalid policy too: its verdict is the same for all calls. */
function parsed(source: unknown): Policy | undefined {
  const result = source === undefined ? undefined : parsePolicy(source);
  return result?.ok ? result.policy : undefined;
}

function requestOf(call: ClassifiedCall): OpenRequest {
  const { record } = call;
  return {
    caller: toCaller(call),
    method: record.requestMethod,
    path: record.requestPath,
    sourceVpc: record.sourceVpcId,
    sourceVpcOwnerAccount: record.sourceVpcArn
      ? accountOfArn(record.sourceVpcArn)
      : undefined,
    serviceArn: record.serviceArn,
    serviceNetworkArn: record.serviceNetworkArn,
    time: record.timestamp,
  };
}

function toCaller({ record, caller }: ClassifiedCall): OpenRequest['caller'] {
  const { kind, principal } = caller;
  if (kind === 'anonymous') {
    return { kind };
  }
  return kind === 'unknown' || !principal
    ? { kind: 'unknown' }
    : {
        kind: 'signed',
        arn: principal,
        organizationId: record.callerPrincipalOrgId,
        tags: record.callerPrincipalTags,
      };
}
