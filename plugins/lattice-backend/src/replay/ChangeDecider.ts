import { CallFolder } from '@lattice-portal/access-logs';
import {
  compilePolicy,
  type CompiledPolicy,
  type DecideOptions,
  decideResults,
  type Layer,
  type OpenRequest,
  parsePolicy,
  type Policy,
} from '@lattice-portal/auth-policy';
import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { EstateIndex } from '../estate/EstateIndex';
import type { PolicyLookup } from '../policies/PolicyLookup';
import { toOpenRequest } from '../policies/toAuthorizationRequest';
import type { PolicyChange } from './PolicyChange';
import {
  type AttachmentPair,
  type CallVerdict,
  compareResults,
  type PoliciesInChange,
  type ResultPair,
  type Results,
  UNCHANGED,
  unknown,
} from './compareResults';
import { type RecordedCall, wasLetThrough } from './RecordedCall';
import { OPEN_IDENTITY, StatementProbe } from './StatementProbe';

const MAX_SHAPES = 200_000;
const FAILED = 'the call failed, no verdict is on record';
const NO_CALLER = 'who called is not on record';

/** The auth policies that calls to one service over one network are held against. */
interface Plan extends PoliciesInChange {
  /** Undefined: every call may be touched. */
  probes?: StatementProbe[];
  folder: CallFolder;
  /** What was decided: by the number of the caller, then by the rest of a call's shape. */
  shapes: (Map<string, DecidedShape> | undefined)[];
}

/** What is known of calls that the auth policies can't tell apart. */
interface DecidedShape {
  /** What the layers say if the caller's own policies allow all, whatever became of the calls. */
  results?: ResultPair;
  /** Whether a statement that the change is about may match. */
  mayMatch?: boolean;
  verdicts: Map<Outcome, AuthPolicyVerdict>;
}

/** What the auth policies make of a call that its caller's own policies may let through. */
type AuthPolicyVerdict = CallVerdict | 'hangs on identity';

/**
 * Decides recorded calls by the policies as they are and as they would be. Calls that the policies can't
 * tell apart are decided once.
 *
 * @remarks
 * - A call that no differing statement matches is unchanged, whatever else is not known of it.
 * - A call whose caller is not on record is decided where the policies say the same of every caller.
 * - All policies are asked as of now: the question is what becomes of such calls from now on.
 * - Where it is not on record over which network a call went, and a network changes, it may be that one.
 * - A layer that does not change, and of which the log tells too little, counts as recorded: it let
 *   through what got through, and refused what it is recorded to have refused.
 * - The identity-based policies of a caller let its call through where it got through. Of a call that was
 *   refused they are asked as they are; if they can't be read, the call is unknown, unless the auth policies
 *   refuse it anyway.
 */
export class ChangeDecider {
  /** By service, then by network. */
  readonly #plans = new Map<string, Map<string, Plan>>();
  readonly #identities = new Map<string, Promise<DecideOptions['identity']>>();
  /** By their texts: one network has many services. */
  readonly #documents = new Map<
    string,
    { compiled: CompiledPolicy; parsed?: Policy }
  >();
  readonly #probes: ReadonlyMap<PolicyChange, StatementProbe | undefined>;
  /** Of the last call: calls to one service mostly come together. */
  #last?: { serviceArn: string; serviceNetworkArn: string; plan: Plan };
  #shapes = 0;

  static create(options: {
    changes: readonly PolicyChange[];
    index: EstateIndex;
    policies: Pick<PolicyLookup, 'now' | 'identityOf'>;
    /** Milliseconds since the epoch. */
    now: number;
  }): ChangeDecider {
    return new ChangeDecider(options);
  }

  private constructor(
    private readonly options: Parameters<typeof ChangeDecider.create>[0],
  ) {
    this.#probes = new Map(
      options.changes.map(change => [change, StatementProbe.create(change)]),
    );
  }

  /** A promise only where something has to be read: there are many calls, and most of them are known. */
  decide(call: RecordedCall): CallVerdict | Promise<CallVerdict> {
    const { serviceArn, serviceNetworkArn = '' } = call.record;
    const last = this.#last;
    if (
      last?.serviceArn === serviceArn &&
      last.serviceNetworkArn === serviceNetworkArn
    ) {
      return this.#decideBy(last.plan, call);
    }
    const plan = this.#plans.get(serviceArn)?.get(serviceNetworkArn);
    if (!plan) {
      return this.#makePlan(call).then(made => this.#decideBy(made, call));
    }
    this.#last = { serviceArn, serviceNetworkArn, plan };
    return this.#decideBy(plan, call);
  }

  #decideBy(
    plan: Plan,
    call: RecordedCall,
  ): CallVerdict | Promise<CallVerdict> {
    const { outcome } = call;
    const shape = this.#shapeOf(plan, call);
    let verdict = shape.verdicts.get(outcome);
    if (!verdict) {
      verdict = this.#byAuthPolicies({ call, plan, shape });
      shape.verdicts.set(outcome, verdict);
    }
    // Calls that are alike to the auth policies may differ to those of their callers.
    return verdict === 'hangs on identity'
      ? this.#withIdentity({
          call,
          plan,
          request: this.#requestOf(call),
          results: shape.results!,
        })
      : verdict;
  }

  #shapeOf(plan: Plan, { record, caller }: RecordedCall): DecidedShape {
    const number = plan.folder.callerOf(caller);
    const key = plan.folder.shapeOf(record);
    let shape = plan.shapes[number]?.get(key);
    if (!shape) {
      if (this.#shapes >= MAX_SHAPES) {
        this.#forget();
      }
      this.#shapes++;
      shape = { verdicts: new Map() };
      plan.shapes[number] = (plan.shapes[number] ?? new Map()).set(key, shape);
    }
    return shape;
  }

  #forget() {
    this.#shapes = 0;
    for (const plans of this.#plans.values()) {
      for (const plan of plans.values()) {
        plan.shapes.splice(0);
      }
    }
  }

  #requestOf({ record }: RecordedCall): OpenRequest {
    const { index, now } = this.options;
    return { ...toOpenRequest({ record, index }), time: now };
  }

  #byAuthPolicies(options: {
    call: RecordedCall;
    plan: Plan;
    shape: DecidedShape;
  }): AuthPolicyVerdict {
    const { call, plan, shape } = options;
    const { outcome } = call;
    const request = this.#requestOf(call);
    let verdict: CallVerdict;
    if (outcome === 'failed') {
      verdict = unknown([{ text: FAILED }]);
    } else {
      shape.results ??= resultsOf({ plan, request, identity: OPEN_IDENTITY });
      verdict = compareResults({
        call,
        plan,
        request,
        identity: OPEN_IDENTITY,
        results: shape.results,
      });
    }
    if (verdict.change === 'unchanged') {
      return UNCHANGED;
    }
    shape.mayMatch ??= plan.probes?.some(probe => probe.mayMatch(request));
    if (shape.mayMatch === false) {
      return UNCHANGED;
    }
    return outcome === 'failed' || wasLetThrough(outcome)
      ? verdict
      : 'hangs on identity';
  }

  /** What the auth policies leave open of a refused call is for the caller's own policies to say. */
  async #withIdentity(options: {
    call: RecordedCall;
    plan: Plan;
    request: OpenRequest;
    /** Of the auth policies they are true, whatever the caller's own policies say. */
    results: ResultPair;
  }): Promise<CallVerdict> {
    const { call, plan, request, results } = options;
    const identity = await this.#identityOf(request, call.caller.id);
    const said = identityResultsOf({ plan, request, identity });
    return compareResults({
      ...options,
      identity,
      results: {
        before: { ...results.before, identity: said.before },
        after: { ...results.after, identity: said.after },
      },
    });
  }

  #identityOf(
    { caller }: OpenRequest,
    callerId: string,
  ): Promise<DecideOptions['identity']> {
    let found = this.#identities.get(callerId);
    if (!found) {
      const { policies, index } = this.options;
      found =
        caller.kind === 'unknown'
          ? Promise.resolve({ unreadable: NO_CALLER })
          : policies
              .identityOf({ caller, callerId, index })
              .then(({ identity }) => compiledIdentity(identity));
      this.#identities.set(callerId, found);
    }
    return found;
  }

  async #makePlan({ record }: RecordedCall): Promise<Plan> {
    const { serviceArn, serviceNetworkArn } = record;
    const { changes, index, policies } = this.options;
    const [network, service] = await Promise.all([
      policies.now({ layer: 'network', arn: serviceNetworkArn, index }),
      policies.now({ layer: 'service', arn: serviceArn, index }),
    ]);
    const before = { network: network.attachment, service: service.attachment };
    const after = { ...before };
    const changed = new Set<Layer>();
    const mayChange = new Set<Layer>();
    let probes: StatementProbe[] | undefined = [];
    const addProbe = (probe: StatementProbe | undefined) => {
      probes = probe && probes ? [...probes, probe] : undefined;
    };
    for (const change of changes) {
      const { layer, resourceArn } = change;
      if (layer === 'network' && serviceNetworkArn === undefined) {
        mayChange.add(layer);
        addProbe(
          index.serviceNetworks.get(resourceArn)?.authType === 'AWS_IAM'
            ? this.#probes.get(change)
            : undefined,
        );
        continue;
      }
      if (
        resourceArn !==
        { network: serviceNetworkArn, service: serviceArn }[layer]
      ) {
        continue;
      }
      changed.add(layer);
      mayChange.add(layer);
      const now = before[layer];
      // The document the change was computed from, enforced as it is now.
      before[layer] =
        'authType' in now && now.authType === 'NONE'
          ? now
          : { authType: 'AWS_IAM', policy: change.before };
      after[layer] = { authType: 'AWS_IAM', policy: change.after };
      addProbe(
        'authType' in now && now.authType === 'NONE'
          ? undefined
          : this.#probes.get(change),
      );
    }
    const plan: Plan = {
      before: this.#compiled(before),
      after: this.#compiled(after),
      changed,
      mayChange,
      probes,
      folder: CallFolder.create({
        serviceArn,
        policies: [before.network, before.service, after.network, after.service]
          .map(attachment => this.#parsed(attachment))
          .filter(policy => policy !== undefined),
      }),
      shapes: [],
    };
    const plans = this.#plans.get(serviceArn) ?? new Map<string, Plan>();
    this.#plans.set(serviceArn, plans.set(serviceNetworkArn ?? '', plan));
    return plan;
  }

  #parsed(attachment: DecideOptions['network']): Policy | undefined {
    return 'authType' in attachment && isText(attachment.policy)
      ? this.#documentOf(attachment.policy).parsed
      : undefined;
  }

  /** Ready for many decisions: the engine by itself remembers some texts only. */
  #compiled({ network, service }: AttachmentPair): AttachmentPair {
    const ready = (attachment: DecideOptions['network']) =>
      'authType' in attachment && isText(attachment.policy)
        ? {
            ...attachment,
            policy: this.#documentOf(attachment.policy).compiled,
          }
        : attachment;
    return { network: ready(network), service: ready(service) };
  }

  #documentOf(text: string) {
    let document = this.#documents.get(text);
    if (!document) {
      const result = parsePolicy(text);
      document = {
        compiled: compilePolicy(text),
        parsed: result.ok ? result.policy : undefined,
      };
      this.#documents.set(text, document);
    }
    return document;
  }
}

function isText(policy: unknown): policy is string {
  return typeof policy === 'string';
}

function compiledIdentity(
  identity: DecideOptions['identity'],
): DecideOptions['identity'] {
  return identity && 'policies' in identity
    ? {
        ...identity,
        policies: identity.policies.map(policy =>
          compilePolicy(policy, { kind: 'identity' }),
        ),
      }
    : identity;
}

function resultsOf(options: {
  plan: Plan;
  request: OpenRequest;
  identity: DecideOptions['identity'];
}): ResultPair {
  const { plan, request, identity } = options;
  return {
    before: decideResults({ request, ...plan.before, identity }),
    after: decideResults({ request, ...plan.after, identity }),
  };
}

/** What the caller's own policies say, which hangs on whether the others are enforced, and not on their texts. */
function identityResultsOf({
  plan,
  request,
  identity,
}: Parameters<typeof resultsOf>[0]): Record<
  keyof ResultPair,
  Results['identity']
> {
  const resultIn = ({ network, service }: AttachmentPair) =>
    decideResults({
      request,
      network: withoutPolicy(network),
      service: withoutPolicy(service),
      identity,
    }).identity;
  return { before: resultIn(plan.before), after: resultIn(plan.after) };
}

function withoutPolicy(
  attachment: AttachmentPair['network'],
): AttachmentPair['network'] {
  return 'authType' in attachment
    ? { authType: attachment.authType }
    : attachment;
}
