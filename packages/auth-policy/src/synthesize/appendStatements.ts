import { PolicyChangeError } from '../change/PolicyChangeError';
import { DocumentText, readDocumentText } from '../merge/DocumentText';
import { spliceStatements } from '../merge/spliceStatements';
import { PolicyStatement } from '../types';

const NO_POLICY = '{"Version":"2012-10-17","Statement":[]}';

/**
 * Takes a document apart as text.
 *
 * @throws `InputError` for a document that isn't one.
 */
export function openDocument(source: unknown): DocumentText {
  const document = readDocumentText(
    typeof source === 'string' ? source : JSON.stringify(source) ?? NO_POLICY,
  );
  if (typeof document === 'string') {
    throw new PolicyChangeError('InputError', `The policy is ${document}`);
  }
  return document;
}

/** The text of a document with statements at its end; the rest stays byte for byte. */
export function appendStatements(
  document: DocumentText,
  statements: readonly PolicyStatement[],
): string {
  const added = statements.map(statement => {
    const sid = statement.Sid!;
    return { sid, raw: JSON.stringify(statement), canonical: '' };
  });
  return spliceStatements({
    now: document,
    ours: new Map(added.map(each => [each.sid, each])),
    changes: added.map(({ sid }) => ({ kind: 'added', sid })),
  });
}
