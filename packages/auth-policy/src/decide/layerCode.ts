import { LayerCode, LayerResult } from '../types';

/** The code of a layer whose documents were evaluated. */
export function layerCode(options: {
  result: LayerResult;
  hasProblems: boolean;
}): LayerCode {
  const { result, hasProblems } = options;
  switch (result) {
    case 'allowed':
      return 'allowed-by-statement';
    case 'explicitly-denied':
      return 'denied-by-statement';
    case 'implicitly-denied':
      return 'no-statement-allows';
    case 'denied':
      return 'no-statement-allows-deny-open';
    default:
      return hasProblems ? 'invalid-policy' : 'open';
  }
}
