import { OPERATORS } from '../parse/operators';
import { ACTIONS, knownKeys } from './keyTable';

/**
 * What an auth policy may be written with.
 *
 * @public
 */
export interface PolicyVocabulary {
  /** Actions, such as `vpc-lattice-svcs:Invoke`. */
  actions: string[];
  /** Condition keys as AWS writes them. One that ends with a slash is followed by a name: `aws:PrincipalTag/`. */
  conditionKeys: {
    name: string;
    /** What it holds, as AWS's service authorization reference names it: `String`, `ARN`, … */
    type: string;
  }[];
  /** Condition operators without prefix and suffix: `StringEquals`, not `ForAnyValue:StringEqualsIfExists`. */
  operators: string[];
}

/**
 * The actions, condition keys and operators that `lintPolicy` knows, for editors that complete them.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclatticeservices.html
 * @public
 */
export function policyVocabulary(): PolicyVocabulary {
  return {
    actions: [...ACTIONS.values()],
    conditionKeys: knownKeys().map(({ name, type }) => ({ name, type })),
    operators: [...OPERATORS.keys()],
  };
}
