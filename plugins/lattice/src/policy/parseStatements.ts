import type { PolicyStatement } from '@lattice-portal/auth-policy';

/**
 * Statements of a policy document to show. Absent: the text is no policy document.
 */
export function parseStatements(
  document: string,
): PolicyStatement[] | undefined {
  try {
    const parsed = JSON.parse(document);
    const statements = parsed?.Statement;
    if (Array.isArray(statements)) {
      return statements;
    }
    return statements && typeof statements === 'object'
      ? [statements]
      : undefined;
  } catch {
    return undefined;
  }
}
