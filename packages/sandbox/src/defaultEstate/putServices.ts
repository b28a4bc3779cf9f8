import type { RuleAction } from '../estate/resources';
import type { EstateFile, ListenerEntry } from './estateFileSchema';
import { serviceDomainName, stableId } from './identifiers';
import type { LoadContext } from './LoadContext';
import { putAccessLogs } from './putAccessLogs';
import { putPolicies } from './putPolicies';

/** One hosted zone holds the names of all services of a region. */
const HOSTED_ZONE_ID = 'Z09127221KTH2CFUOHIZH';

type ServiceEntry = EstateFile['services'][number];
type ActionEntry = ListenerEntry['default'];

/** Puts target groups with their targets. */
export function putTargetGroups(context: LoadContext): void {
  const { estate, file } = context;
  for (const { name, account, type, config, targets } of file.targetGroups) {
    const arn = context.targetGroupArn(name);
    estate.targetGroups.put(arn, {
      ...context.owned(account),
      ...context.times('-30d'),
      arn,
      id: stableId('tg', name),
      name,
      type,
      status: 'ACTIVE',
      config,
      targets: targets.map(target => ({
        ...target,
        // VPC Lattice checks the health of instances and IPs alone.
        status: type === 'LAMBDA' || type === 'ALB' ? 'UNAVAILABLE' : 'HEALTHY',
      })),
      tags: context.tags(account),
    });
  }
}

/** Puts services with listeners, rules, associations, policies and access logs. */
export function putServices(context: LoadContext): void {
  const { estate, file } = context;
  for (const service of file.services) {
    const { name, account, authType, network, created } = service;
    const id = stableId('svc', name);
    const arn = context.lattice(account, `service/${id}`);
    const base = {
      ...context.owned(account),
      ...context.times(created),
      tags: context.tags(account, service.tags),
    };
    estate.services.put(arn, {
      ...base,
      arn,
      id,
      name,
      authType,
      status: 'ACTIVE',
      customDomainName: service.customDomainName,
      certificateArn: service.certificateArn,
      dnsEntry: {
        domainName: serviceDomainName({ name, id, region: base.region }),
        hostedZoneId: HOSTED_ZONE_ID,
      },
    });
    const associationId = stableId('snsa', `${network}/${name}`);
    const associationArn = context.lattice(
      account,
      `servicenetworkserviceassociation/${associationId}`,
    );
    estate.serviceAssociations.put(associationArn, {
      ...base,
      arn: associationArn,
      id: associationId,
      serviceNetworkArn: context.networkArn(network),
      serviceArn: arn,
      status: 'ACTIVE',
      createdBy: base.accountId,
    });
    putListeners({ context, service, serviceArn: arn, base });
    const resource = { arn, id, account, created };
    putAccessLogs({ context, resource, destinations: service.accessLogs });
    putPolicies({
      context,
      resource,
      type: 'AWS::VpcLattice::Service',
      revisions: service.policies,
    });
  }
}

function putListeners(options: {
  context: LoadContext;
  service: ServiceEntry;
  serviceArn: string;
  base: {
    accountId: string;
    region: string;
    createdAt: string;
    lastUpdatedAt: string;
    tags: Record<string, string>;
  };
}): void {
  const { context, service, serviceArn, base } = options;
  for (const listener of service.listeners) {
    const id = stableId('listener', `${service.name}/${listener.name}`);
    const arn = `${serviceArn}/listener/${id}`;
    context.estate.listeners.put(arn, {
      ...base,
      arn,
      id,
      name: listener.name,
      serviceArn,
      protocol: listener.protocol,
      port: listener.port,
      defaultAction: actionOf(context, listener.default),
    });
    for (const rule of listener.rules) {
      const ruleId = stableId('rule', `${id}/${rule.name}`);
      const ruleArn = `${arn}/rule/${ruleId}`;
      const { caseSensitive, ...match } = rule.path ?? {};
      context.estate.rules.put(ruleArn, {
        ...base,
        arn: ruleArn,
        id: ruleId,
        name: rule.name,
        serviceArn,
        listenerArn: arn,
        priority: rule.priority,
        match: {
          httpMatch: {
            method: rule.method,
            pathMatch: rule.path && {
              match: match as { prefix: string },
              caseSensitive: caseSensitive ?? true,
            },
          },
        },
        action: actionOf(context, rule.action),
      });
    }
  }
}

function actionOf(context: LoadContext, action: ActionEntry): RuleAction {
  if ('fixedResponse' in action) {
    return { fixedResponse: { statusCode: action.fixedResponse } };
  }
  return {
    forward: {
      targetGroups: action.forward.map(({ targetGroup, weight }) => ({
        targetGroupIdentifier: context.targetGroupArn(targetGroup),
        weight: weight ?? 100,
      })),
    },
  };
}
