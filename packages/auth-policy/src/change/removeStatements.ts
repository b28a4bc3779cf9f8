import { PolicyDocument } from '../types';
import { statementsOf } from './statementsOf';

/**
 * Takes statements out of a policy document by Sid.
 *
 * @remarks
 * Every other statement and member stays as it is. Sids that are not there are ignored.
 * The result may have no statement left, which under `AWS_IAM` denies every call.
 *
 * @param document - it is not changed.
 * @returns the new document.
 * @public
 */
export function removeStatements(
  document: PolicyDocument,
  sids: string[],
): PolicyDocument {
  const kept = statementsOf(document).filter(
    ({ Sid }) => Sid === undefined || !sids.includes(Sid),
  );
  return { ...document, Statement: kept };
}
