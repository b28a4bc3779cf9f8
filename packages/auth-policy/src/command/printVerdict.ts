import { LayerVerdict, Verdict } from '../types';

/** The JSON form of a verdict on the command line: facts without sentences. */
export function printVerdict({ outcome, layers }: Verdict): object {
  return { outcome, layers: layers.map(printLayer) };
}

function printLayer(verdict: LayerVerdict): object {
  const { layer, result, statement, nearest, unknown } = verdict;
  return {
    layer,
    result,
    ...(statement
      ? { statement: { index: statement.index, sid: statement.sid } }
      : {}),
    nearest: nearest.map(({ index, sid, failed }) => ({
      index,
      sid,
      failed: failed.map(({ element, key, operator, wanted, got }) => ({
        element,
        key,
        operator,
        wanted,
        got,
      })),
    })),
    unknown,
  };
}
