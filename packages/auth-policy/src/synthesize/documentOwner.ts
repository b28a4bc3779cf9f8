import { DecideOptions, Layer } from '../types';
import { principalOf } from './Need';

/** Whose document a layer is, if that is known. */
export function documentOwner(
  layer: Layer,
  { request }: DecideOptions,
): string | undefined {
  switch (layer) {
    case 'network':
      return request.serviceNetworkArn;
    case 'service':
      return request.serviceArn;
    default:
      return request.caller.kind === 'signed'
        ? principalOf(request.caller)
        : undefined;
  }
}
