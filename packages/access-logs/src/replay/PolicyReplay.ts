import {
  accountOfArn,
  type AuthorizationRequest,
  type AuthPolicyAttachment,
  compilePolicy,
  decide,
  decideOutcome,
  type DecideOptions,
  parsePolicy,
  type Policy,
  type VerdictOutcome,
} from '@lattice-portal/auth-policy';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { AccessLogCaller, AccessLogRecord } from '../types';
import { PathFolder } from './PathFolder';
import { type ReadKeys, readKeysOf } from './ReadKeys';
import type { ProposedPolicies, ReplayChange } from './types';

const NOT_ENFORCED: AuthPolicyAttachment = { authType: 'NONE' };
const MAX_SHAPES = 200_000;
const FAILED = 'the call failed, no verdict is on record';
const NO_CALLER = 'who called is not on record';

/** The layers that have a proposed policy for a service, and how calls to it fold. */
interface ServicePlan {
  number: number;
  network: AuthPolicyAttachment;
  service: AuthPolicyAttachment;
  paths: PathFolder;
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
 * Of two calls that the policies can't tell apart only one is decided: they agree in all attributes
 * that the policies read, and their paths fold to one (see {@link PathFolder}).
 *
 * The log has only one verdict per call. So a layer for which nothing is proposed, as the caller's
 * identity-based policies, is taken to refuse the calls that it is recorded to have refused, and to let
 * all others through.
 */
export class PolicyReplay {
  readonly #network?: AuthPolicyAttachment;
  readonly #services: ReadonlyMap<string, unknown>;
  readonly #networkPolicy?: Policy;
  readonly #identity: NonNullable<DecideOptions['identity']>;
  readonly #plans = new Map<string, ServicePlan | undefined>();
  readonly #verdicts = new Map<string, VerdictOutcome>();
  /** Of what stands in records, all chosen by AWS and the estate: there are not too many. */
  readonly #numbers = new Map<string, number>();
  readonly #callers = new WeakMap<AccessLogCaller, number>();
  readonly #keys: ReadKeys;

  private constructor(policies: ProposedPolicies) {
    this.#services = policies.services ?? new Map();
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
    this.#keys = readKeysOf(
      [policies.network, ...this.#services.values()]
        .map(parsed)
        .filter(policy => policy !== undefined),
    );
  }

  static create(policies: ProposedPolicies): PolicyReplay {
    return new PolicyReplay(policies);
  }

  /** What the policies make of a call. */
  changeOf(call: ClassifiedCall): ReplayChange {
    const { record, caller, outcome } = call;
    const plan = this.#planOf(record.serviceArn);
    if (!plan || isRefusedElsewhere(outcome, plan)) {
      return 'unchanged';
    }
    if (outcome === 'failed' || caller.kind === 'unknown') {
      return 'unknown';
    }
    const after = this.#verdictOf(call, plan);
    if (after === 'unknown') {
      return after;
    }
    const before = outcome.startsWith('denied-by-') ? 'denied' : 'allowed';
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
    if (call.caller.kind === 'unknown') {
      return [NO_CALLER];
    }
    const { layers } = decide(this.#optionsFor(call, plan));
    return [...new Set(layers.flatMap(({ unknown }) => unknown))];
  }

  #verdictOf(call: ClassifiedCall, plan: ServicePlan): VerdictOutcome {
    const { record, caller } = call;
    const { requestPath: path } = record;
    const method = record.requestMethod ?? '';
    const keys = this.#keys;
    let shape = `${plan.number},${this.#numberOfCaller(caller)}`;
    if (keys.network) {
      shape += `,n${this.#numberOf(record.serviceNetworkArn)}`;
    }
    if (keys.vpc) {
      shape += `,v${this.#numberOf(record.sourceVpcArn)}`;
      shape += `,${this.#numberOf(record.sourceVpcId)}`;
    }
    if (keys.organization) {
      shape += `,o${this.#numberOf(record.callerPrincipalOrgId)}`;
    }
    if (keys.tags) {
      const tags = JSON.stringify(record.callerPrincipalTags);
      shape += `,t${this.#numberOf(tags)}`;
    }
    if (keys.time) {
      shape += `,${record.timestamp}`;
    }
    // Only method and path are the client's. The path comes last, and the method says how long it is.
    shape += ` ${method.length}${method} ${
      path === undefined ? '' : `:${plan.paths.fold(path)}`
    }`;
    let verdict = this.#verdicts.get(shape);
    if (verdict === undefined) {
      verdict = decideOutcome(this.#optionsFor(call, plan));
      if (this.#verdicts.size >= MAX_SHAPES) {
        this.#verdicts.clear();
      }
      this.#verdicts.set(shape, verdict);
    }
    return verdict;
  }

  #numberOfCaller(caller: AccessLogCaller): number {
    let number = this.#callers.get(caller);
    if (number === undefined) {
      number = this.#numberOf(
        this.#keys.session ? caller.principal : principalKey(caller),
      );
      this.#callers.set(caller, number);
    }
    return number;
  }

  /** Short keys are quicker to find than long ones, and take less memory. */
  #numberOf(text: string | undefined): number {
    if (text === undefined) {
      return 0;
    }
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      this.#numbers.set(text, number);
    }
    return number;
  }

  #optionsFor(call: ClassifiedCall, plan: ServicePlan): DecideOptions {
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
    const source = this.#services.get(serviceArn);
    const service = attachment(source);
    if (!service && !this.#network) {
      return undefined;
    }
    const policies = [this.#networkPolicy, parsed(source)];
    return {
      number: this.#plans.size,
      network: this.#network ?? NOT_ENFORCED,
      service: service ?? NOT_ENFORCED,
      paths: PathFolder.create({
        serviceArn,
        policies: policies.filter(policy => policy !== undefined),
      }),
    };
  }
}

/** The same for all sessions of a role. */
function principalKey({ id, principal }: AccessLogCaller): string {
  return principal?.includes(':assumed-role/')
    ? `session ${id}`
    : principal ?? id;
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

function requestOf({ record, caller }: ClassifiedCall): AuthorizationRequest {
  return {
    caller:
      caller.kind === 'anonymous' || !caller.principal
        ? { kind: 'anonymous' }
        : {
            kind: 'signed',
            arn: caller.principal,
            organizationId: record.callerPrincipalOrgId,
            tags: record.callerPrincipalTags,
          },
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
