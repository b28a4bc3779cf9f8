import type { Layer, LayerResult } from '@lattice-portal/auth-policy';

/** What a layer is called. */
export const layerNames: Record<Layer, string> = {
  network: 'Service network',
  service: 'Service',
  identity: 'Identity',
};

/** What a layer's result is called. */
export const layerResultNames: Record<LayerResult, string> = {
  allowed: 'allowed',
  'explicitly-denied': 'denied by a statement',
  'implicitly-denied': 'denied: no statement allows it',
  denied: 'denied',
  'not-enforced': 'not enforced',
  'not-applicable': 'does not apply',
  unknown: 'unknown',
};
