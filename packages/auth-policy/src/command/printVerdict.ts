import { LayerVerdict, Verdict } from '../types';

/** The JSON form of a verdict on the command line: facts without sentences. */
export function printVerdict({ outcome, layers, limits }: Verdict): object {
  return {
    outcome,
    layers: layers.map(row => ({ layer: row.layer, ...printRow(row) })),
    limits: limits?.map(row => ({ limit: row.limit, ...printRow(row) })),
  };
}

function printRow(verdict: Omit<LayerVerdict, 'layer'>): object {
  const { result, statement, nearest, unknown } = verdict;
  return {
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
