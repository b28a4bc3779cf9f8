import { findKept } from '../kept/keptResource';
import { AwsError } from '../AwsError';
import type { OperationContext } from '../OperationHandler';

/** What of a workgroup queries go by. */
export interface WorkGroup {
  name: string;
  isEnforced: boolean;
  outputLocation?: string;
  /** Bytes that one query may read. */
  cutoff?: number;
  properties: Record<string, any>;
}

/**
 * A workgroup of the caller; every account has the one named `primary`.
 *
 * @throws AwsError
 */
export function findWorkGroup(
  { estate, accountId, region }: OperationContext,
  name = 'primary',
): WorkGroup {
  const kept = findKept(estate, {
    accountId,
    region,
    type: 'AWS::Athena::WorkGroup',
    physicalId: name,
  });
  if (!kept && name !== 'primary') {
    throw invalidRequest(`WorkGroup ${name} is not found.`);
  }
  const properties: Record<string, any> = kept?.properties ?? {};
  if (properties.State === 'DISABLED') {
    throw invalidRequest(`WorkGroup ${name} is disabled.`);
  }
  const configuration = properties.WorkGroupConfiguration ?? {};
  return {
    name,
    isEnforced: configuration.EnforceWorkGroupConfiguration ?? true,
    outputLocation: configuration.ResultConfiguration?.OutputLocation,
    cutoff: configuration.BytesScannedCutoffPerQuery,
    properties,
  };
}

/** The error by which Athena refuses a request. */
export function invalidRequest(message: string): AwsError {
  return new AwsError({
    code: 'InvalidRequestException',
    message,
    members: { AthenaErrorCode: 'INVALID_INPUT' },
  });
}
