import {
  Layer,
  LayerResult,
  PolicyLimit,
  PolicyStatement,
  StatementReference,
} from '../types';

/**
 * Statements to be added to one document.
 *
 * @public
 */
export interface PolicyEdit {
  layer: Layer;
  /** ARN of the service network, the service, or the role or user whose document it is. */
  resource: string;
  /** The document as given; absent if there is none yet. */
  before?: unknown;
  /** The document to put, as text. Everything that was there stands in it byte for byte. */
  after: string;
  statements: PolicyStatement[];
}

/**
 * A chosen denial that added statements can't turn into an allow, or not for certain.
 *
 * @public
 */
export interface BlockedDenial {
  /** Position among the chosen denials. */
  index: number;
  /** The layer that stands in the way, or what limits the caller. */
  layer: Layer | PolicyLimit;
  /** What it says; with the added statements, if only these leave it as it is. */
  result: LayerResult;
  /** The statement that denies, for `explicitly-denied`. */
  statement?: StatementReference;
  /** One sentence in plain English. */
  message: string;
}
