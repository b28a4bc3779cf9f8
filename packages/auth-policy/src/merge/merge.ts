import { PolicyDocument } from '../types';
import { DocumentText, readDocumentText } from './DocumentText';
import { MergeConflict, MergeResult, MergedChange } from './MergeResult';
import { findOwned, foreignOf } from './ownedStatements';
import { spliceStatements } from './spliceStatements';

/** @public */
export interface MergeOptions {
  /** The version that the change was made from. Absent: the resource had no policy. */
  base?: string | PolicyDocument;
  /** The version that is wanted: `base` with owned statements added, changed or removed. */
  ours: string | PolicyDocument;
  /** The version that stands now, read just before. Give the text as AWS returned it. Absent: no policy. */
  theirs?: string | PolicyDocument;
  /** Whether a statement with this Sid is ours to change, such as by its prefix. */
  owns: (sid: string) => boolean;
}

const NAMES = [
  'version that the change was made from',
  'version that is wanted',
  'version that stands now',
];
const NO_POLICY = '{"Version":"2012-10-17","Statement":[]}';

/**
 * Carries a change over to the document that stands now: a three-way merge by statement.
 *
 * @remarks
 * Only statements whose Sid is owned are touched. All others, and all members besides
 * `Statement`, are kept as the text that they are; a single statement may get brackets.
 * Statements are equal if they differ only in the order of members and in optional
 * brackets. The documents need not be valid policies.
 *
 * @public
 */
export function merge(options: MergeOptions): MergeResult {
  const { base, ours, theirs, owns } = options;
  if (theirs === undefined && base !== undefined) {
    return failure({
      kind: 'policy-removed',
      message: 'The resource has no policy any more.',
    });
  }
  const isNew = base === undefined && theirs === undefined;
  const documents = [base, ours, theirs].map((source, index) =>
    // A resource without a policy gets the members of ours.
    read(source ?? (index === 1 || !isNew ? undefined : emptied(ours))),
  );
  const conflicts: MergeConflict[] = [];
  for (const [index, document] of documents.entries()) {
    if (typeof document === 'string') {
      conflicts.push({
        kind: 'unreadable',
        message: `The ${NAMES[index]} can't be taken apart: ${document}.`,
      });
    }
  }
  if (conflicts.length > 0) {
    return { ok: false, conflicts };
  }
  const [from, wanted, now] = documents as DocumentText[];
  return mergeDocuments({
    from,
    wanted,
    now,
    owns,
    hasBase: base !== undefined,
  });
}

function read(source?: string | PolicyDocument): DocumentText | string {
  return readDocumentText(
    typeof source === 'string' ? source : JSON.stringify(source) ?? NO_POLICY,
  );
}

/** The members of a document without its statements. */
function emptied(source: string | PolicyDocument): string {
  const document = read(source);
  return typeof document === 'string'
    ? NO_POLICY
    : `${document.before}[]${document.after}`;
}

function failure(conflict: MergeConflict): MergeResult {
  return { ok: false, conflicts: [conflict] };
}

function mergeDocuments(options: {
  from: DocumentText;
  wanted: DocumentText;
  now: DocumentText;
  owns: MergeOptions['owns'];
  hasBase: boolean;
}): MergeResult {
  const { from, wanted, now, owns, hasBase } = options;
  const conflicts: MergeConflict[] = [];
  const [base, ours, theirs] = [from, wanted, now].map(document =>
    findOwned({ document, owns, conflicts }),
  );
  if (
    foreignOf(from, owns) !== foreignOf(wanted, owns) ||
    (hasBase && from.rest !== wanted.rest)
  ) {
    conflicts.push({
      kind: 'foreign-changed',
      message: "The change touches parts of the policy that aren't its own.",
    });
  }
  const changes: MergedChange[] = [];
  const sids = new Set([...base.keys(), ...ours.keys()]);
  for (const sid of sids) {
    const [before, after, current] = [base, ours, theirs].map(side =>
      side.get(sid),
    );
    if (
      before?.canonical === after?.canonical ||
      after?.canonical === current?.canonical
    ) {
      continue;
    }
    if (before?.canonical !== current?.canonical) {
      conflicts.push({
        kind: 'both-changed',
        message: `Statement ${sid} was changed meanwhile.`,
        sid,
        base: before?.raw,
        ours: after?.raw,
        theirs: current?.raw,
      });
      continue;
    }
    changes.push({ kind: kindOf(current, after), sid });
  }
  const isWritten = changes.some(({ kind }) => kind !== 'removed');
  if (isWritten && wanted.version !== now.version) {
    conflicts.push({
      kind: 'version-changed',
      message: `The policy has Version ${
        now.version ?? '(none)'
      }, but the change was made for ${wanted.version ?? '(none)'}.`,
    });
  }
  return conflicts.length > 0
    ? { ok: false, conflicts }
    : { ok: true, changes, text: spliceStatements({ now, ours, changes }) };
}

function kindOf(current: unknown, after: unknown): MergedChange['kind'] {
  if (current === undefined) {
    return 'added';
  }
  return after === undefined ? 'removed' : 'changed';
}
