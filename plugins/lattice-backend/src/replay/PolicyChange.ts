/**
 * A document that is to be replaced.
 */
export interface PolicyChange {
  layer: 'network' | 'service';
  resourceArn: string;
  /** As text. Absent: there is none. */
  before?: string;
  /** As text. */
  after: string;
}
