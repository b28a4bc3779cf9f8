import { decide } from '../decide/decide';
import { diffPolicies } from '../diff/diffPolicies';
import { parsePolicy } from '../parse/parsePolicy';
import { PolicyEdit } from '../synthesize/PolicyEdit';
import {
  AuthorizationRequest,
  DecideOptions,
  Layer,
  Verdict,
  VerdictOutcome,
} from '../types';
import { applyEdits } from '../synthesize/applyEdits';
import { describeGrant } from './describeGrant';

/** @public */
export interface ProveOptions {
  /** The candidate: what {@link synthesize} returned, or edits of your own. */
  edits: readonly PolicyEdit[];
  /** The calls that are to be allowed, with the documents as they stand. */
  denials: readonly DecideOptions[];
  /** Calls that are to come out as before; chosen denials among them don't count. */
  recorded: readonly DecideOptions[];
}

/**
 * What one edited document would newly allow, as far as it goes; the other documents may
 * still deny.
 *
 * @public
 */
export interface NewlyAllowed {
  layer: Layer;
  resource: string;
  /** Plain sentences: what each new statement allows, and what of it goes beyond the calls. */
  sentences: string[];
  /** Requests that the document denied and would allow. */
  examples: AuthorizationRequest[];
}

/** @public */
export interface Proof {
  /** Every chosen denial becomes an allow, and no recorded call changes. */
  holds: boolean;
  /** Chosen denials that don't become allows for certain, with the verdict that remains. */
  notFlipped: Array<{ index: number; verdict: Verdict }>;
  /** Recorded calls that come out differently. */
  alsoChanged: Array<{
    index: number;
    before: VerdictOutcome;
    after: VerdictOutcome;
  }>;
  newlyAllowed: NewlyAllowed[];
}

/**
 * Holds a candidate against the calls that it is for and against recorded calls, and
 * tells what it would newly allow beyond them.
 *
 * @throws `InputError` if a document is not a valid policy.
 * @public
 */
export function prove(options: ProveOptions): Proof {
  const { edits, denials, recorded } = options;
  const notFlipped: Proof['notFlipped'] = [];
  for (const [index, denial] of denials.entries()) {
    const verdict = decide(applyEdits(denial, edits));
    if (verdict.outcome !== 'allowed') {
      notFlipped.push({ index, verdict });
    }
  }
  const chosen = new Set(denials.map(({ request }) => JSON.stringify(request)));
  const alsoChanged: Proof['alsoChanged'] = [];
  for (const [index, call] of recorded.entries()) {
    const before = decide(call).outcome;
    const after = decide(applyEdits(call, edits)).outcome;
    if (before !== after && !chosen.has(JSON.stringify(call.request))) {
      alsoChanged.push({ index, before, after });
    }
  }
  return {
    holds: notFlipped.length === 0 && alsoChanged.length === 0,
    notFlipped,
    alsoChanged,
    newlyAllowed: edits.map(edit =>
      newlyAllowedBy(
        edit,
        denials.map(({ request }) => request),
      ),
    ),
  };
}

function newlyAllowedBy(
  edit: PolicyEdit,
  calls: AuthorizationRequest[],
): NewlyAllowed {
  const { layer, resource, before, after, statements } = edit;
  const kind = layer === 'identity' ? 'identity' : 'resource';
  const { differences } = diffPolicies({
    before,
    after,
    kind,
    ...(layer === 'service' ? { serviceArn: resource } : {}),
  });
  const sids = new Set(statements.map(({ Sid }) => Sid));
  const parsed = parsePolicy(after, { kind });
  const added = parsed.ok
    ? parsed.policy.statements.filter(({ sid }) => sids.has(sid))
    : [];
  return {
    layer,
    resource,
    sentences: added.flatMap(statement =>
      describeGrant({
        statement,
        calls,
        ...(layer === 'identity' ? { owner: resource } : {}),
      }),
    ),
    examples: differences
      .filter(difference => difference.after === 'allowed')
      .map(({ example }) => example),
  };
}
