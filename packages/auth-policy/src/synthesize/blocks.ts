import {
  DecideOptions,
  LayerResult,
  LayerVerdict,
  LimitVerdict,
  Verdict,
} from '../types';
import { BlockedDenial } from './PolicyEdit';
import { documentOwner } from './documentOwner';

/** What stands in the way of one denial. */
export type Block = Omit<BlockedDenial, 'index'>;

type Row = LayerVerdict | LimitVerdict;

export function isDenied(result: LayerResult): boolean {
  return result === 'implicitly-denied' || result === 'denied';
}

/** What no added statement overcomes. */
export function blocksOf(verdict: Verdict, denial: DecideOptions): Block[] {
  return rowsOf(verdict).flatMap(row => {
    const message = whyBlocked(row, denial);
    return message === undefined ? [] : [blockOf(row, message)];
  });
}

/** What still does not surely allow, by the verdict with the added statements. */
export function remainsOf(verdict: Verdict): Block[] {
  return rowsOf(verdict)
    .filter(
      ({ result }) =>
        !['allowed', 'not-enforced', 'not-applicable'].includes(result),
    )
    .map(row => blockOf(row, `With the added statements: ${row.message}`));
}

function rowsOf({ layers, limits = [] }: Verdict): Row[] {
  return [...layers, ...limits];
}

function nameOf(row: Row): Block['layer'] {
  return 'layer' in row ? row.layer : row.limit;
}

function blockOf(row: Row, message: string): Block {
  const { result, statement } = row;
  return {
    layer: nameOf(row),
    result,
    ...(statement ? { statement } : {}),
    message,
  };
}

function whyBlocked(row: Row, denial: DecideOptions): string | undefined {
  const { result, statement, unknown } = row;
  const name = nameOf(row).replace(/-/g, ' ');
  if (result === 'explicitly-denied') {
    return `Statement ${
      statement?.sid ?? statement?.index
    } of the ${name} denies the call; no added statement overcomes that.`;
  }
  if (result === 'unknown') {
    return `Whether the ${name} allows the call is not known: ${unknown.join(
      '; ',
    )}.`;
  }
  if (!isDenied(result)) {
    return undefined;
  }
  if (!('layer' in row)) {
    return `The ${name} does not allow the call, and limits what can be allowed.`;
  }
  return documentOwner(row.layer, denial)
    ? undefined
    : `It is not known which ${name} denies the call.`;
}
