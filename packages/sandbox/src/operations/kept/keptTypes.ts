import type { KeptType } from './KeptType';
import { containerTypes } from './types/containerTypes';
import { dataTypes } from './types/dataTypes';
import { functionTypes } from './types/functionTypes';
import { messageTypes } from './types/messageTypes';
import { monitoringTypes } from './types/monitoringTypes';
import { securityTypes } from './types/securityTypes';

/** Every type of resources that is kept rather than acted on. */
export const keptTypes: KeptType[] = [
  ...containerTypes,
  ...dataTypes,
  ...functionTypes,
  ...messageTypes,
  ...monitoringTypes,
  ...securityTypes,
];

const byType = new Map(keptTypes.map(keptType => [keptType.type, keptType]));

/** The kept type of that name; `undefined` for types that are acted on, or not there. */
export function findKeptType(type: string): KeptType | undefined {
  return byType.get(type);
}
