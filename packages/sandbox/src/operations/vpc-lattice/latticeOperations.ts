import type { ServiceOperations } from '../OperationHandler';
import { accessLogSubscriptionOperations } from './accessLogSubscriptions';
import { authPolicyOperations } from './authPolicies';
import { listenerOperations } from './listeners';
import { resourceAssociationOperations } from './resourceAssociations';
import { resourceConfigurationOperations } from './resourceConfigurations';
import { resourceGatewayOperations } from './resourceGateways';
import { resourcePolicyOperations } from './resourcePolicies';
import { ruleOperations } from './rules';
import { serviceAssociationOperations } from './serviceAssociations';
import { serviceNetworkOperations } from './serviceNetworks';
import { serviceOperations } from './services';
import { tagOperations } from './tags';
import { targetGroupOperations } from './targetGroups';
import { targetOperations } from './targets';
import { vpcAssociationOperations } from './vpcAssociations';

/** Operations of Amazon VPC Lattice's control plane. */
export const latticeOperations: ServiceOperations = {
  ...serviceNetworkOperations,
  ...serviceOperations,
  ...listenerOperations,
  ...ruleOperations,
  ...targetGroupOperations,
  ...targetOperations,
  ...vpcAssociationOperations,
  ...serviceAssociationOperations,
  ...authPolicyOperations,
  ...accessLogSubscriptionOperations,
  ...resourceGatewayOperations,
  ...resourceConfigurationOperations,
  ...resourceAssociationOperations,
  ...resourcePolicyOperations,
  ...tagOperations,
};
