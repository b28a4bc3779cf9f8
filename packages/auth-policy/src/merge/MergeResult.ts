/**
 * Why a change can't be carried over to the document that stands now.
 *
 * @public
 */
export interface MergeConflict {
  /**
   * - `both-changed`: an owned statement was changed on both sides, differently;
   * - `foreign-changed`: the change touches a statement that isn't owned, or a member
   *   such as `Version`;
   * - `version-changed`: the document's `Version` is another now, which changes what
   *   statements with variables mean;
   * - `policy-removed`: the resource has no policy any more;
   * - `duplicate-sid`: an owned Sid stands more than once;
   * - `unreadable`: a document can't be taken apart into statements.
   */
  kind:
    | 'both-changed'
    | 'foreign-changed'
    | 'version-changed'
    | 'policy-removed'
    | 'duplicate-sid'
    | 'unreadable';
  /** One sentence in plain English. */
  message: string;
  sid?: string;
  /** The statement as text in each version; absent where it isn't there. */
  base?: string;
  ours?: string;
  theirs?: string;
}

/**
 * What was done to one owned statement of the document that stands now.
 *
 * @public
 */
export interface MergedChange {
  kind: 'added' | 'changed' | 'removed';
  sid: string;
}

/**
 * The merged document, or what stands in the way. A conflict is never resolved by
 * guessing: stop and ask.
 *
 * @public
 */
export type MergeResult =
  | {
      ok: true;
      /** The document to put. Every statement that isn't owned stands in it byte for byte. */
      text: string;
      /** Empty: nothing is left to do, and `text` is the document that stands now. */
      changes: MergedChange[];
    }
  | { ok: false; conflicts: MergeConflict[] };
