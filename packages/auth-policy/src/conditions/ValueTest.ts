import { Notes } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { KnownText } from '../match/PartialText';
import { Truth } from '../match/Truth';

/**
 * Holds what is known of a request's value against one value of a policy, without
 * regard to a negation of the operator.
 */
export type ValueTest = (
  value: KnownText,
  context: RequestContext,
  notes: Notes,
) => Truth;

/** What a value test is made from. */
export interface ValueTestOptions {
  /** The policy's value. */
  text: string;
  /** Its JSON type. */
  type: 'string' | 'number' | 'boolean';
  /** Whether policy variables count, as they do in version 2012-10-17. */
  variables: boolean;
  /** Whether the operator is a negated one: text that doesn't parse is then open. */
  negated: boolean;
  ifExists: boolean;
}
