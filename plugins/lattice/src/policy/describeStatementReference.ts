import type { StatementReference } from '@lattice-portal/auth-policy';

/** `statement 2 (AllowReaders)`, counted from 1 as people do. */
export function describeStatementReference(
  reference: StatementReference,
): string {
  const name = `statement ${reference.index + 1}`;
  return reference.sid ? `${name} (${reference.sid})` : name;
}
