import type {
  Layer,
  LayerVerdict,
  NearestMiss,
  Verdict,
} from '@lattice-portal/auth-policy';
import type { MayReadPolicy } from './viewerAccess';

const names: Record<Layer, string> = {
  network: 'the service network’s auth policy',
  service: 'the service’s auth policy',
  identity: 'the caller’s identity-based policies',
};

const hiddenUnknown = 'a condition on something that is not in the access log';

/**
 * The layers with a document that the viewer may not read.
 */
export function withheldLayers(
  documents: { layer: Layer; resourceArn?: string }[],
  mayRead: MayReadPolicy,
): Set<Layer> {
  return new Set(
    documents
      .filter(({ resourceArn = '' }) => !mayRead(resourceArn))
      .map(({ layer }) => layer),
  );
}

/**
 * A verdict that doesn't quote documents the viewer may not read.
 *
 * @remarks
 * What a layer says of the call stays, and which kinds of elements of the nearest statement the call
 * misses: without that, nobody could mend a call of their own. Names, numbers and values of statements go.
 */
export function withoutQuotations(
  verdict: Verdict,
  options: { withheld: ReadonlySet<Layer> },
): Verdict {
  return {
    ...verdict,
    layers: verdict.layers.map(row =>
      options.withheld.has(row.layer) ? withoutQuotation(row) : row,
    ),
  };
}

function withoutQuotation(row: LayerVerdict): LayerVerdict {
  const { layer, result, unknown } = row;
  const message = `${messageOf(row)} You may not read the policy itself.`;
  switch (result) {
    case 'allowed':
    case 'explicitly-denied':
    case 'implicitly-denied':
    case 'denied':
    case 'unknown':
      return {
        layer,
        result,
        nearest: [],
        unknown: unknown.length > 0 ? [hiddenUnknown] : [],
        message,
      };
    default:
      // Nothing was asked of a document.
      return row;
  }
}

function messageOf({ layer, result, nearest }: LayerVerdict): string {
  const name = names[layer];
  switch (result) {
    case 'allowed':
      return `A statement of ${name} allows the call.`;
    case 'explicitly-denied':
      return `A statement of ${name} denies the call.`;
    case 'unknown':
      return `What ${name} says of the call hangs on ${hiddenUnknown}.`;
    default:
      return `No statement of ${name} allows the call.${missOf(nearest[0])}`;
  }
}

function missOf(nearest: NearestMiss | undefined): string {
  const missed = (nearest?.failed ?? []).map(({ element, key }) =>
    key ? `condition on ${key}` : element,
  );
  return missed.length > 0
    ? ` The call misses the ${[...new Set(missed)].join(
        ' and the ',
      )} of the nearest one.`
    : '';
}
