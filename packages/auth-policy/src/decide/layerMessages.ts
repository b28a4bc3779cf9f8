import { Layer, LayerVerdict, StatementReference } from '../types';

/** What is decided on, in plain English. */
export const LAYER_NAMES: Record<Layer, string> = {
  network: "the service network's auth policy",
  service: "the service's auth policy",
  identity: "the caller's identity-based policies",
};

/** One sentence, sometimes two, that explain a layer's result. */
export function layerMessage(verdict: Omit<LayerVerdict, 'message'>): string {
  const { layer } = verdict;
  return documentsMessage({
    ...verdict,
    name: LAYER_NAMES[layer],
    verb: layer === 'identity' ? 'allow' : 'allows',
  });
}

/** The same for any documents that have a name. */
export function documentsMessage(
  verdict: Pick<
    LayerVerdict,
    'result' | 'statement' | 'nearest' | 'unknown'
  > & { name: string; verb: string },
): string {
  const { name, verb, result, statement, nearest, unknown } = verdict;
  switch (result) {
    case 'allowed':
      return `${printReference(statement)} of ${name} allows the call.`;
    case 'explicitly-denied':
      return `${printReference(statement)} of ${name} denies the call.`;
    case 'implicitly-denied':
      return `No statement of ${name} allows the call.${printNearest(nearest)}`;
    case 'denied':
      return `No statement of ${name} allows the call; a statement may also deny it.${printNearest(
        nearest,
      )}`;
    default:
      return `Whether ${name} ${verb} the call is not known: ${unknown.join(
        '; ',
      )}.`;
  }
}

function printReference(reference?: StatementReference): string {
  if (!reference) {
    return 'A statement';
  }
  const { index, sid, policyIndex } = reference;
  const name = sid ? `Statement ${sid}` : `Statement number ${index + 1}`;
  return policyIndex === undefined
    ? name
    : `${name} (policy number ${policyIndex + 1})`;
}

function printNearest(nearest: LayerVerdict['nearest']): string {
  const [first] = nearest;
  if (!first?.failed.length) {
    return '';
  }
  return ` ${printReference(first)} is nearest: ${first.failed
    .map(({ message }) => message)
    .join(' ')}`;
}
