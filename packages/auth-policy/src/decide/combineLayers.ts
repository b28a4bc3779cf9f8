import { LayerResult, VerdictOutcome } from '../types';

/** What the results of all layers amount to: one denial is enough, unknown beats allowed. */
export function combineLayers(
  layers: ReadonlyArray<{ result: LayerResult }>,
): VerdictOutcome {
  let outcome: VerdictOutcome = 'allowed';
  for (const { result } of layers) {
    switch (result) {
      case 'denied':
      case 'explicitly-denied':
      case 'implicitly-denied':
        return 'denied';
      case 'unknown':
        outcome = 'unknown';
        break;
      default:
    }
  }
  return outcome;
}
