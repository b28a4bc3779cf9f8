import {
  addStatements,
  AUTH_POLICY_MAX_CHARACTERS,
  type AuthorizationRequest,
  decide,
  type DecideOptions,
  type LayerResult,
  minifyPolicy,
  policySize,
  type PolicyDocument,
  type PolicyStatement,
  proposeStatement,
  type Verdict,
} from '@lattice-portal/auth-policy';
import {
  callerAccountId,
  callerName,
} from '@lattice-portal/plugin-lattice-common';
import type { MayReadPolicy } from '../authorization/viewerAccess';
import {
  withheldLayers,
  withoutQuotations,
} from '../authorization/withoutQuotations';
import type { LayerPolicy } from './PolicyLookup';

/**
 * A document of one layer, and what it becomes.
 */
export interface PlannedChange {
  layer: 'network' | 'service';
  resourceArn: string;
  resourceName: string;
  statement: PolicyStatement;
  /** Absent: there was no policy. */
  before?: string;
  after: string;
  charactersLeft: number;
}

/**
 * What it takes to let calls through.
 */
export interface AccessPlan {
  changes: PlannedChange[];
  /** The worst of the verdicts once all changes are made. */
  proof: Verdict;
  /** Why the changes would not be enough, or can't be made. Each is a sentence. */
  against: string[];
  /** What the outcome hangs on. Each is a sentence. */
  open: string[];
}

/**
 * Plans the least statements that let all the calls through, and decides the calls again with them.
 *
 * @param options - `requests`: calls that stand for all that is asked for; at least one; `mayRead`: whose
 * policies the viewer may read. What is said of other policies doesn't quote them
 */
export function planAccess(options: {
  requests: AuthorizationRequest[];
  callerId: string;
  roleArn?: string;
  network: LayerPolicy;
  service: LayerPolicy;
  identity: DecideOptions['identity'];
  sid: string;
  methods: string[];
  paths: string[];
  /** Only set where all calls come from one VPC. */
  sourceVpc?: string;
  expiresAt?: Date;
  mayRead: MayReadPolicy;
}): AccessPlan {
  const { requests, callerId, network, service, identity, mayRead } = options;
  const read = [network.used, service.used].filter(used => used !== undefined);
  const withheld = withheldLayers(
    identity && 'policies' in identity
      ? [...read, { layer: 'identity', resourceArn: callerId }]
      : read,
    mayRead,
  );
  const layers = { network: network.attachment, service: service.attachment };
  const decideAll = () =>
    requests.map(request =>
      withoutQuotations(decide({ request, ...layers, identity }), {
        withheld,
      }),
    );
  const before = decideAll();
  const plan: AccessPlan = {
    changes: [],
    proof: before[0],
    against: [],
    open: [],
  };
  for (const layer of ['network', 'service'] as const) {
    const rows = before.map(verdict => rowOf(verdict, layer));
    const worst = worstOf(rows.map(row => row.result));
    const row = rows.find(({ result }) => result === worst)!;
    const name = options[layer].used?.name ?? `the ${layer}`;
    if (worst === 'implicitly-denied') {
      const change = changeOf({ ...options, layer });
      plan.changes.push(change);
      layers[layer] = { ...layers[layer], policy: change.after } as never;
      if (change.charactersLeft < 0) {
        plan.against.push(
          `The policy of ${name} would be ${-change.charactersLeft} characters longer than the ${AUTH_POLICY_MAX_CHARACTERS} it may have.`,
        );
      }
    } else if (worst === 'explicitly-denied' || worst === 'denied') {
      plan.against.push(
        `A statement in the policy of ${name} denies it, which no other statement can undo: ${row.message}`,
      );
    } else if (worst === 'unknown') {
      plan.open.push(
        `Whether ${name} lets it through hangs on: ${row.unknown.join('; ')}.`,
      );
    }
  }
  const after = decideAll();
  plan.proof =
    after.find(({ outcome }) => outcome === 'denied') ??
    after.find(({ outcome }) => outcome === 'unknown') ??
    after[0];
  addIdentity(plan, options);
  return plan;
}

function changeOf(
  options: Parameters<typeof planAccess>[0] & { layer: 'network' | 'service' },
): PlannedChange {
  const { layer, callerId, roleArn, sid, methods, paths, expiresAt } = options;
  const { attachment, used } = options[layer];
  const policy = 'authType' in attachment ? attachment.policy : undefined;
  const statement = proposeStatement({
    sid,
    caller: { arn: callerId, roleArn },
    serviceArn: options.requests[0].serviceArn,
    methods,
    paths,
    // The service's owner need not care from where, as long as the network's owner does.
    sourceVpc: layer === 'network' ? options.sourceVpc : undefined,
    expiresAt,
  });
  const after = minifyPolicy(addStatements(toDocument(policy), [statement]));
  return {
    layer,
    resourceArn: used?.resourceArn ?? '',
    resourceName: used?.name ?? '',
    statement,
    before: used?.document,
    after,
    charactersLeft: AUTH_POLICY_MAX_CHARACTERS - policySize(after),
  };
}

function toDocument(policy: unknown): PolicyDocument | undefined {
  return typeof policy === 'string'
    ? JSON.parse(policy)
    : (policy as PolicyDocument | undefined);
}

function addIdentity(
  plan: AccessPlan,
  options: Parameters<typeof planAccess>[0],
): void {
  const { callerId, requests } = options;
  const row = rowOf(plan.proof, 'identity');
  if (row.result === 'unknown') {
    plan.open.push(
      `Whether the caller’s own identity policies allow it hangs on: ${row.unknown.join(
        '; ',
      )}.`,
    );
  } else if (rank(row.result) >= rank('implicitly-denied')) {
    plan.against.push(
      `The role ${callerName(callerId)} in account ${callerAccountId(
        callerId,
      )} needs an identity policy that allows vpc-lattice-svcs:Invoke on ${
        requests[0].serviceArn
      }/*: ${row.message} Only the owner of that account can add it.`,
    );
  }
}

function rowOf(verdict: Verdict, layer: string) {
  return verdict.layers.find(row => row.layer === layer)!;
}

const ranks: LayerResult[] = [
  'not-applicable',
  'not-enforced',
  'allowed',
  'unknown',
  'implicitly-denied',
  'denied',
  'explicitly-denied',
];

function rank(result: LayerResult): number {
  return ranks.indexOf(result);
}

function worstOf(results: LayerResult[]): LayerResult {
  return results.reduce((worst, result) =>
    rank(result) > rank(worst) ? result : worst,
  );
}
