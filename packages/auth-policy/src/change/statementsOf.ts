import { PolicyDocument, PolicyStatement } from '../types';

/** The statements of a document as a list; AWS also takes a single object. */
export function statementsOf(document: PolicyDocument): PolicyStatement[] {
  return Array.isArray(document.Statement)
    ? document.Statement
    : [document.Statement];
}
