import { DecideOptions } from '../types';
import { PolicyEdit } from './PolicyEdit';
import { documentOwner } from './documentOwner';

/**
 * A call with the documents as they would be after the edits.
 *
 * @public
 */
export function applyEdits(
  given: DecideOptions,
  edits: readonly PolicyEdit[],
): DecideOptions {
  let result = given;
  for (const { layer, resource, before, after } of edits) {
    if (documentOwner(layer, given) !== resource) {
      continue;
    }
    if (layer === 'identity') {
      const { identity } = result;
      if (identity && 'policies' in identity) {
        const others = identity.policies.filter(
          policy => before === undefined || policy !== before,
        );
        result = { ...result, identity: { policies: [...others, after] } };
      }
    } else if ('authType' in result[layer]) {
      result = { ...result, [layer]: { ...result[layer], policy: after } };
    }
  }
  return result;
}
