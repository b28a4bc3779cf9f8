import type {
  AccessRequestChange,
  AccessRequestEffect,
  PolicyEvaluation,
} from '@lattice-portal/plugin-lattice-common';
import type { MayReadPolicy } from './viewerAccess';

/** Stands in the place of a document that a viewer may not read. */
const WITHHELD = 'You may not read this policy.';

/**
 * A document that was used, without its text where the viewer may not read it.
 */
export function withoutText(
  document: PolicyEvaluation['documents'][number],
  options: { mayRead: MayReadPolicy },
): PolicyEvaluation['documents'][number] {
  return options.mayRead(document.resourceArn ?? '')
    ? document
    : { ...document, document: undefined, withheld: WITHHELD };
}

/**
 * Changes without the text of documents the viewer may not read. The statement that is asked for stays.
 */
export function withoutChangedDocuments(
  changes: AccessRequestChange[],
  options: { mayRead: MayReadPolicy },
): AccessRequestChange[] {
  return changes.map(change =>
    options.mayRead(change.resourceArn)
      ? change
      : { ...change, before: undefined, after: '', withheld: WITHHELD },
  );
}

/**
 * An effect without what it hangs on, which quotes conditions of the documents.
 *
 * @param options - `mayReadAll`: whether the viewer may read the policies of all layers
 */
export function withoutConditions(
  effect: AccessRequestEffect,
  options: { mayReadAll: boolean },
): AccessRequestEffect {
  return options.mayReadAll
    ? effect
    : {
        ...effect,
        unknown: effect.unknown.map(row => ({
          ...row,
          hangsOn: ['a policy that you may not read'],
        })),
      };
}
