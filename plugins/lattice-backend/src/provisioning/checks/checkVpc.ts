import type {
  ProvisioningPlan,
  ProvisioningVpc,
} from '@lattice-portal/plugin-lattice-common';
import { checkOwn } from './checkOwn';
import { checkRead, passes, refused, unknown } from './checkRead';
import type { PlanFacts } from './PlanFacts';

export function checkVpc(plan: ProvisioningPlan, facts: PlanFacts) {
  const { vpcId, vpcAssociation } = plan;
  return checkRead('vpc', facts.vpcs!, 'The VPCs', items => {
    const vpc = items.find(({ id }) => id === vpcId);
    if (!vpc) {
      return refused(`${vpcId} is no VPC of this account and Region.`);
    }
    if (!vpcAssociation) {
      return passes(`${vpcId} is a VPC of this account and Region.`);
    }
    const { association } = vpc;
    if (association.status === 'unknown') {
      return unknown(
        `Whether ${vpcId} is associated with a service network could not be read: ${association.reason}`,
      );
    }
    return vpcAssociation === 'absent'
      ? checkJoining({ plan, facts, association })
      : checkAssociation({ plan, facts, association });
  });
}

type ReadAssociation = Exclude<
  ProvisioningVpc['association'],
  { status: 'unknown' }
>;

/** A VPC has one association at most; by endpoints it can join any number. */
function checkJoining(options: {
  plan: ProvisioningPlan;
  facts: PlanFacts;
  association: ReadAssociation;
}) {
  const { plan, facts, association } = options;
  const { vpcId, networkArn } = plan;
  if (association.status === 'none') {
    return passes(`${vpcId} is not associated with a service network yet.`);
  }
  const { serviceNetworkArn, serviceNetworkName = serviceNetworkArn } =
    association;
  if (serviceNetworkArn !== networkArn) {
    return refused(
      `${vpcId} is associated with service network ${serviceNetworkName}, and a VPC can be associated with one only. It can join another by an endpoint.`,
    );
  }
  const there = `${vpcId} is associated with service network ${serviceNetworkName} already`;
  return (
    checkOwn(facts, there, plan.madeBy) ??
    refused(`${there}: it needs nothing more.`)
  );
}

const JOIN = 'with the template Join a VPC to a service network';

/** Nothing in a VPC reaches a service network that the VPC isn't associated with. */
function checkAssociation(options: {
  plan: ProvisioningPlan;
  facts: PlanFacts;
  association: ReadAssociation;
}) {
  const { plan, facts, association } = options;
  const { vpcId, calledServiceArn } = plan;
  if (association.status === 'none') {
    return refused(
      `${vpcId} is not associated with a service network, so nothing in it reaches one. Choose another VPC, or join it first ${JOIN}.`,
    );
  }
  const { serviceNetworkArn, associationStatus } = association;
  const name = association.serviceNetworkName ?? serviceNetworkArn;
  const wanted = plan.networkArn
    ? ({ status: 'read', items: [plan.networkArn] } as const)
    : facts.calledNetworks;
  if (wanted?.status === 'unknown') {
    return unknown(
      `Which service networks ${calledServiceArn} is in could not be read: ${wanted.reason}`,
    );
  }
  if (wanted && !wanted.items.includes(serviceNetworkArn)) {
    return refused(
      `${vpcId} is associated with service network ${name}, not with ${
        plan.networkArn
          ? 'the chosen one'
          : 'one that the service is associated with'
      }; a VPC can be associated with one. Choose another VPC, or let it join by an endpoint ${JOIN}.`,
    );
  }
  return associationStatus === 'ACTIVE'
    ? passes(`${vpcId} is associated with service network ${name}.`)
    : refused(
        `The association of ${vpcId} with service network ${name} is not active: ${associationStatus}. Wait until it is, or repair it.`,
      );
}
