import type { Policy } from '@lattice-portal/auth-policy';
import type { AccessLogCaller } from '../types';

/** Condition keys whose value doesn't hang on which of two callers of one organization calls. */
const OTHER_KEYS =
  /^(vpc-lattice-svcs:.*|aws:(principalorgid|principalorgpaths|principaltag\/.*|currenttime|epochtime))$/;
/** Principals that are taken apart without a rest: by account, and by the name behind the type. */
const USUAL =
  /^arn:([a-z0-9-]+):(?:sts|iam)::\d{12}:(assumed-role|role|user)\/(?:[^/]+\/)*[^/]+$/;

/**
 * Makes one caller of those that policies can't tell apart: all sessions of a role, unless something
 * reads the session; and all callers of one kind in accounts that no policy names, unless something
 * reads who calls.
 *
 * @remarks
 * A principal of a policy has no wildcard within, so it names an account or is for everybody.
 * Organization and tags don't count here: see {@link ReadKeys}.
 */
export class CallerFolder {
  readonly #readsSession: boolean;
  /** Undefined: conditions or variables may read any caller. */
  readonly #named?: ReadonlySet<string>;

  private constructor(readsSession: boolean, named?: ReadonlySet<string>) {
    this.#readsSession = readsSession;
    this.#named = named;
  }

  static of(options: {
    policies: readonly Policy[];
    readsSession: boolean;
  }): CallerFolder {
    const { policies, readsSession } = options;
    return new CallerFolder(
      readsSession,
      policies.every(readsNoCaller) ? accountsIn(policies) : undefined,
    );
  }

  /** The same for callers that are one. */
  keyOf(caller: AccessLogCaller): string {
    const { kind, id, principal, accountId } = caller;
    if (kind === 'unknown') {
      // Whatever stands in the record instead.
      return kind;
    }
    const usual = principal?.match(USUAL);
    if (usual && accountId && this.#named?.has(accountId) === false) {
      return `any ${usual[1]} ${usual[2]}`;
    }
    return principal?.includes(':assumed-role/') && !this.#readsSession
      ? `session ${id}`
      : principal ?? id;
  }
}

function readsNoCaller(policy: Policy): boolean {
  const keys = policy.statements.flatMap(({ conditions = [] }) =>
    conditions.map(({ key }) => key.toLowerCase()),
  );
  return (
    keys.every(key => OTHER_KEYS.test(key)) &&
    !JSON.stringify(policy).includes('${')
  );
}

function accountsIn(policies: readonly Policy[]): Set<string> {
  const principals = policies.flatMap(({ statements }) =>
    statements.flatMap(({ principal }) => principal?.entries ?? []),
  );
  return new Set(
    principals.flatMap(({ value }) => value.match(/\d{12}/g) ?? []),
  );
}
