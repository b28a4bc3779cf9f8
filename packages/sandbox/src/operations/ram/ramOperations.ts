import type { ServiceOperations } from '../OperationHandler';
import { resourceShareOperations } from './resourceShares';
import { shareContentOperations } from './shareContents';

/** Operations of AWS Resource Access Manager. Shares take effect at once: there are no invitations. */
export const ramOperations: ServiceOperations = {
  ...resourceShareOperations,
  ...shareContentOperations,
};
