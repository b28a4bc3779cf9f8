/** A policy document as the API takes it. */
export function policyText(document: unknown): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
