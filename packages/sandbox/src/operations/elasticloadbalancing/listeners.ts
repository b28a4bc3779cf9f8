import type {
  LoadBalancerAction,
  LoadBalancerListener,
  LoadBalancerRule,
} from '../../estate/networkResources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { elbArn, elbError, elbId, elbPage, isOwn } from './common';
import { findLoadBalancer } from './loadBalancers';
import { findTargetGroup } from './targetGroups';
import { tagsFrom } from '../../estate/tagList';

export const listenerOperations: ServiceOperations = {
  CreateListener(input, context) {
    const { LoadBalancerArn, Protocol = 'HTTP', Port, Tags } = input;
    const { accountId, region, estate } = context;
    const balancer = findLoadBalancer(context, LoadBalancerArn);
    if (
      estate.loadBalancerListeners.find(
        ({ loadBalancerArn, port }) =>
          loadBalancerArn === balancer.arn && port === Port,
      )
    ) {
      throw elbError(
        'DuplicateListenerException',
        'A listener already exists on this port for this load balancer',
      );
    }
    const certificateArns = checkCertificates(context, Protocol, input);
    checkActions(context, input.DefaultActions);
    const arn = elbArn(
      context,
      `listener/${balancer.arn.split(':loadbalancer/')[1]}/${elbId()}`,
    );
    const listener = estate.loadBalancerListeners.put(arn, {
      accountId,
      region,
      arn,
      loadBalancerArn: balancer.arn,
      protocol: Protocol,
      port: Port,
      certificateArns,
      sslPolicy: input.SslPolicy,
      defaultActions: input.DefaultActions,
      tags: tagsFrom(Tags),
    });
    return { Listeners: [describeListener(listener)] };
  },

  DescribeListeners(input, context) {
    const { LoadBalancerArn, ListenerArns } = input;
    if (LoadBalancerArn) {
      findLoadBalancer(context, LoadBalancerArn);
    }
    for (const arn of ListenerArns ?? []) {
      findListener(context, arn);
    }
    const { items, NextMarker } = elbPage(
      input,
      context.estate.loadBalancerListeners.filter(
        listener =>
          isOwn(context)(listener) &&
          (!LoadBalancerArn || listener.loadBalancerArn === LoadBalancerArn) &&
          (!ListenerArns?.length || ListenerArns.includes(listener.arn)),
      ),
      ({ arn }) => arn,
    );
    return { Listeners: items.map(describeListener), NextMarker };
  },

  ModifyListener(input, context) {
    const listener = findListener(context, input.ListenerArn);
    const protocol = input.Protocol ?? listener.protocol;
    const certificateArns = input.Certificates
      ? checkCertificates(context, protocol, input)
      : listener.certificateArns;
    if (input.DefaultActions) {
      checkActions(context, input.DefaultActions);
    }
    const updated = context.estate.loadBalancerListeners.put(listener.arn, {
      ...listener,
      protocol,
      port: input.Port ?? listener.port,
      certificateArns,
      sslPolicy: input.SslPolicy ?? listener.sslPolicy,
      defaultActions: input.DefaultActions ?? listener.defaultActions,
    });
    return { Listeners: [describeListener(updated)] };
  },

  DeleteListener({ ListenerArn }, context) {
    const { arn } = findListener(context, ListenerArn);
    for (const rule of rulesOf(context, arn)) {
      context.estate.loadBalancerRules.delete(rule.arn);
    }
    context.estate.loadBalancerListeners.delete(arn);
  },

  CreateRule(input, context) {
    const { ListenerArn, Priority, Conditions, Actions, Tags } = input;
    const { accountId, region, estate } = context;
    const listener = findListener(context, ListenerArn);
    checkPriority(context, listener.arn, Priority);
    checkActions(context, Actions);
    const arn = elbArn(
      context,
      `listener-rule/${listener.arn.split(':listener/')[1]}/${elbId()}`,
    );
    const rule = estate.loadBalancerRules.put(arn, {
      accountId,
      region,
      arn,
      listenerArn: listener.arn,
      priority: Priority,
      conditions: Conditions,
      actions: Actions,
      tags: tagsFrom(Tags),
    });
    return { Rules: [describeRule(rule)] };
  },

  DescribeRules(input, context) {
    const { ListenerArn, RuleArns } = input;
    const rules = ListenerArn
      ? rulesOf(context, findListener(context, ListenerArn).arn)
      : (RuleArns ?? []).map((arn: string) => findRule(context, arn));
    const { items, NextMarker } = elbPage<LoadBalancerRule>(
      input,
      rules,
      ({ arn }) => arn,
    );
    return { Rules: items.map(describeRule), NextMarker };
  },

  ModifyRule({ RuleArn, Conditions, Actions }, context) {
    const rule = findRule(context, RuleArn);
    if (Actions) {
      checkActions(context, Actions);
    }
    const updated = context.estate.loadBalancerRules.put(rule.arn, {
      ...rule,
      conditions: Conditions ?? rule.conditions,
      actions: Actions ?? rule.actions,
    });
    return { Rules: [describeRule(updated)] };
  },

  SetRulePriorities({ RulePriorities }, context) {
    const rules = RulePriorities.map(({ RuleArn, Priority }: any) => {
      const rule = findRule(context, RuleArn);
      if (rule.priority !== Priority) {
        checkPriority(context, rule.listenerArn, Priority);
      }
      return context.estate.loadBalancerRules.put(rule.arn, {
        ...rule,
        priority: Priority,
      });
    });
    return { Rules: rules.map(describeRule) };
  },

  DeleteRule({ RuleArn }, context) {
    const { arn } = findRule(context, RuleArn);
    context.estate.loadBalancerRules.delete(arn);
  },
};

function findListener(
  context: OperationContext,
  arn: string,
): LoadBalancerListener {
  const listener = context.estate.loadBalancerListeners.get(arn);
  if (!listener || !isOwn(context)(listener)) {
    throw elbError('ListenerNotFoundException', `Listener '${arn}' not found`);
  }
  return listener;
}

function findRule(context: OperationContext, arn: string): LoadBalancerRule {
  const rule = context.estate.loadBalancerRules.get(arn);
  if (!rule || !isOwn(context)(rule)) {
    throw elbError('RuleNotFoundException', `Rule '${arn}' not found`);
  }
  return rule;
}

function rulesOf({ estate }: OperationContext, arn: string) {
  return estate.loadBalancerRules.filter(
    ({ listenerArn }) => listenerArn === arn,
  );
}

function checkPriority(
  context: OperationContext,
  listenerArn: string,
  priority: number,
): void {
  if (rulesOf(context, listenerArn).some(rule => rule.priority === priority)) {
    throw elbError(
      'PriorityInUseException',
      `Priority '${priority}' is currently in use`,
    );
  }
}

function checkCertificates(
  { estate }: OperationContext,
  protocol: string,
  { Certificates = [] }: { Certificates?: { CertificateArn: string }[] },
): string[] {
  const arns = Certificates.map(({ CertificateArn }) => CertificateArn);
  if (protocol === 'HTTPS' && arns.length === 0) {
    throw elbError(
      'ValidationError',
      'A certificate must be specified for HTTPS listeners',
    );
  }
  const unknown = arns.find(arn => !estate.certificates.has(arn));
  if (unknown) {
    throw elbError(
      'CertificateNotFoundException',
      `Certificate '${unknown}' not found`,
    );
  }
  return arns;
}

/** Target groups of an action, those with weights included. */
function targetGroupsOf(action: LoadBalancerAction): string[] {
  return [
    action.TargetGroupArn,
    ...(action.ForwardConfig?.TargetGroups ?? []).map(
      ({ TargetGroupArn }: { TargetGroupArn: string }) => TargetGroupArn,
    ),
  ].filter(Boolean);
}

function checkActions(
  context: OperationContext,
  actions: LoadBalancerAction[],
): void {
  for (const arn of actions.flatMap(targetGroupsOf)) {
    findTargetGroup(context, arn);
  }
}

function describeListener(listener: LoadBalancerListener) {
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancerArn,
    Port: listener.port,
    Protocol: listener.protocol,
    Certificates: listener.certificateArns.map(CertificateArn => ({
      CertificateArn,
    })),
    SslPolicy: listener.sslPolicy,
    DefaultActions: listener.defaultActions,
  };
}

function describeRule(rule: LoadBalancerRule) {
  return {
    RuleArn: rule.arn,
    Priority: String(rule.priority),
    Conditions: rule.conditions,
    Actions: rule.actions,
    IsDefault: false,
  };
}
