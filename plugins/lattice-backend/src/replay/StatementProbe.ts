import {
  compilePolicy,
  type CompiledPolicy,
  decideOutcome,
  type OpenRequest,
  type PolicyDocument,
  type PolicyStatement,
} from '@lattice-portal/auth-policy';
import type { PolicyChange } from './PolicyChange';

const EVERYBODY: PolicyStatement = {
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
};

/** Lets every call through, so that the auth policy alone decides. */
export const OPEN_IDENTITY = {
  policies: [
    compilePolicy(
      { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      { kind: 'identity' },
    ),
  ],
};

/**
 * Tells which calls a change has nothing to do with: those that no statement matches in which the two
 * documents differ. Of such a call both documents say the same, whatever it hangs on.
 */
export class StatementProbe {
  /** Undefined: the documents can't be compared by statements. */
  static create(change: PolicyChange): StatementProbe | undefined {
    const before = documentOf(change.before);
    const after = documentOf(change.after);
    if (!before || !after || before.version !== after.version) {
      return undefined;
    }
    const differing = [
      ...without(before.statements, after.statements),
      ...without(after.statements, before.statements),
    ];
    const compiled = (statements: PolicyStatement[]) =>
      compilePolicy({ Version: after.version, Statement: statements });
    const ofEffect = (effect: string) =>
      differing.filter(({ Effect }) => Effect === effect);
    const [allows, denies] = [ofEffect('Allow'), ofEffect('Deny')];
    if (allows.length + denies.length < differing.length) {
      return undefined;
    }
    const probe = new StatementProbe(
      allows.length > 0 ? compiled(allows) : undefined,
      denies.length > 0 ? compiled([EVERYBODY, ...denies]) : undefined,
    );
    return probe.isValid() ? probe : undefined;
  }

  private constructor(
    private readonly allows?: CompiledPolicy,
    private readonly denies?: CompiledPolicy,
  ) {}

  /** False: no differing statement matches the call, for sure. */
  mayMatch(request: OpenRequest): boolean {
    return (
      (this.allows !== undefined &&
        outcomeOf(request, this.allows) !== 'denied') ||
      (this.denies !== undefined &&
        outcomeOf(request, this.denies) !== 'allowed')
    );
  }

  private isValid(): boolean {
    return [this.allows, this.denies].every(
      policy => !policy || policy.problems.length === 0,
    );
  }
}

/** What an auth policy alone makes of a call. */
function outcomeOf(request: OpenRequest, policy: CompiledPolicy) {
  return decideOutcome({
    request,
    network: { authType: 'NONE' },
    service: { authType: 'AWS_IAM', policy },
    identity: OPEN_IDENTITY,
  });
}

function documentOf(
  text: string | undefined,
): { version?: string; statements: PolicyStatement[] } | undefined {
  if (text === undefined) {
    // No document allows as much as one without statements, in either version of the language.
    return { version: '2012-10-17', statements: [] };
  }
  let document: PolicyDocument;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { Version, Statement } = document ?? {};
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  return statements.every(one => one && typeof one === 'object')
    ? { version: Version, statements: statements as PolicyStatement[] }
    : undefined;
}

/** Statements of one list that the other does not have, each as often as it is missing. */
function without(
  statements: PolicyStatement[],
  others: PolicyStatement[],
): PolicyStatement[] {
  const texts = others.map(other => JSON.stringify(other));
  return statements.filter(statement => {
    const found = texts.indexOf(JSON.stringify(statement));
    if (found !== -1) {
      texts.splice(found, 1);
    }
    return found === -1;
  });
}
