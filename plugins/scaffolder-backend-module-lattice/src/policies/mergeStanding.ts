import { ConflictError } from '@backstage/errors';
import {
  merge,
  type MergeConflict,
  minifyPolicy,
} from '@lattice-portal/auth-policy';

/** What a policy will be, and what of it stays although the product doesn't know it. */
export interface MergedPolicy {
  /** JSON in one line. */
  document: string;
  /** Sids of statements that others put there; one without is called `a statement without Sid`. */
  kept: string[];
}

/**
 * Carries what is asked of a product's policy over to the policy that stands in AWS: statements that the product did not
 * put there, such as those of granted access requests, stay as they are.
 *
 * @throws ConflictError naming the statement that was changed on both sides
 */
export function mergeStanding(options: {
  resourceArn: string;
  /** What the product asked for the last time. */
  base: string;
  /** What it asks for now. */
  ours: string;
  /** What stands in AWS. Undefined: no policy. */
  standing: string | undefined;
}): MergedPolicy {
  const { resourceArn, base, ours, standing } = options;
  const own = new Set([...sidsOf(base), ...sidsOf(ours)]);
  const owns = (sid: string | undefined) => sid !== undefined && own.has(sid);
  const result = merge({ base, ours, theirs: standing, owns });
  if (!result.ok) {
    throw new ConflictError(
      `The auth policy of ${resourceArn} can't be changed so. ${result.conflicts
        .map(describe)
        .join(' ')} Nothing was changed.`,
    );
  }
  return {
    document: inOneLine(result.text),
    kept: standing === undefined ? [] : foreignIn(standing, owns),
  };
}

/** What others put into a policy, besides what the product asked for. */
export function keptOf(options: {
  base: string;
  standing: string | undefined;
}): string[] {
  const own = new Set(sidsOf(options.base));
  return options.standing === undefined
    ? []
    : foreignIn(options.standing, sid => sid !== undefined && own.has(sid));
}

/** Statements of one document that another one has not, by Sid. */
export function missingFrom(
  document: string | undefined,
  wanted: string | undefined,
): string[] {
  const there = new Set(document === undefined ? [] : sidsOf(document));
  return wanted === undefined
    ? []
    : sidsOf(wanted).filter(sid => !there.has(sid));
}

function foreignIn(
  document: string,
  owns: (sid: string | undefined) => boolean,
): string[] {
  return statementsOf(document)
    .map(({ Sid: sid }) => sid)
    .filter(sid => !owns(sid))
    .map(sid => sid ?? 'a statement without Sid');
}

function sidsOf(document: string): string[] {
  return statementsOf(document).flatMap(({ Sid: sid }) => sid ?? []);
}

function statementsOf(document: string): { Sid?: string }[] {
  try {
    const { Statement: statements = [] } = JSON.parse(document);
    return [statements].flat();
  } catch {
    // The merge says that it can't be taken apart.
    return [];
  }
}

/** VPC Lattice takes no line breaks; without any, statements of others stay letter by letter. */
function inOneLine(text: string): string {
  return /[\r\n]/.test(text) ? minifyPolicy(JSON.parse(text)) : text;
}

function describe({ kind, message, sid, theirs }: MergeConflict): string {
  switch (kind) {
    case 'both-changed':
      return `Statement ${sid} was ${
        theirs === undefined ? 'removed' : 'changed'
      } by somebody else since${
        theirs === undefined ? '' : `, to ${theirs}`
      }: take that over into the form, or put the statement back as it was, then run the template again.`;
    case 'foreign-changed':
      return 'A statement without Sid, or a member such as Version, would change: give each statement of the form a Sid of its own, and leave the members as they are.';
    case 'policy-removed':
      return 'Somebody removed it: put it back, then run the template again.';
    default:
      return `${message} Put that right by hand, then run the template again.`;
  }
}
