import type { Listener, RuleAction } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { quotaOf } from '../servicequotas/quotas';
import { checkName, checkOneOf, madeNow, page, updatedNow } from './common';
import { conflict, invalid, quotaExceeded } from './errors';
import { findListener, findService, findTargetGroup } from './find';

const PROTOCOLS = ['HTTP', 'HTTPS', 'TLS_PASSTHROUGH'] as const;

export const listenerOperations: ServiceOperations = {
  CreateListener(input, context) {
    const { name, protocol, tags = {} } = input;
    const { listeners } = context.estate;
    const service = findService(context, input.serviceIdentifier);
    checkName(name, { minimum: 3, maximum: 63, reservedPrefix: 'listener-' });
    checkOneOf('protocol', protocol, PROTOCOLS);
    if (protocol === 'TLS_PASSTHROUGH' && !service.customDomainName) {
      throw invalid(
        'protocol',
        'A TLS listener needs a service with a custom domain name',
      );
    }
    const port = input.port ?? (protocol === 'HTTP' ? 80 : 443);
    const others = listeners.filter(
      listener => listener.serviceArn === service.arn,
    );
    const rival = others.find(
      listener => listener.name === name || listener.port === port,
    );
    if (rival) {
      throw conflict(
        'LISTENER',
        rival.id,
        `Service ${service.id} already has a listener of this name or port`,
      );
    }
    const quota = quotaOf(context, 'listenersPerService');
    if (others.length >= quota.value) {
      throw quotaExceeded(
        'LISTENER',
        quota.code,
        `There may be ${quota.value} listeners per service`,
      );
    }
    const defaultAction = checkAction(context, input.defaultAction);
    const id = randomId('listener');
    const arn = `${service.arn}/listener/${id}`;
    const listener = listeners.put(arn, {
      ...madeNow(context),
      arn,
      id,
      name,
      serviceArn: service.arn,
      protocol,
      port,
      defaultAction,
      tags,
    });
    return describe(listener);
  },

  GetListener(input, context) {
    return describe(findListener(context, input).listener);
  },

  ListListeners(input, context) {
    const service = findService(context, input.serviceIdentifier);
    const listeners = context.estate.listeners.filter(
      listener => listener.serviceArn === service.arn,
    );
    return page(input, listeners, listener => listener);
  },

  UpdateListener(input, context) {
    const { listener } = findListener(context, input);
    const updated = context.estate.listeners.put(listener.arn, {
      ...listener,
      ...updatedNow(context),
      defaultAction: checkAction(context, input.defaultAction),
    });
    return describe(updated);
  },

  DeleteListener(input, context) {
    const { listener } = findListener(context, input);
    for (const rule of context.estate.rules.filter(
      candidate => candidate.listenerArn === listener.arn,
    )) {
      context.estate.rules.delete(rule.arn);
    }
    context.estate.listeners.delete(listener.arn);
  },
};

function describe(listener: Listener) {
  return {
    ...listener,
    serviceId: listener.serviceArn.split('/').at(-1),
    defaultAction: describeAction(listener.defaultAction),
  };
}

/** The API answers with ids of target groups, whatever they were given by. */
export function describeAction(action: RuleAction): RuleAction {
  if ('fixedResponse' in action) {
    return action;
  }
  return {
    forward: {
      targetGroups: action.forward.targetGroups.map(group => ({
        ...group,
        targetGroupIdentifier: group.targetGroupIdentifier.split('/').at(-1)!,
      })),
    },
  };
}

/** Checks the target groups an action forwards to, and fills in the weights AWS assumes. */
export function checkAction(
  context: OperationContext,
  action: RuleAction,
): RuleAction {
  if ('fixedResponse' in action) {
    const { statusCode } = action.fixedResponse;
    if (![404, 500].includes(statusCode)) {
      // https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html#fixed-response-actions
      throw invalid('statusCode', 'A fixed response has status 404 or 500');
    }
    return action;
  }
  const targetGroups = action.forward?.targetGroups ?? [];
  if (targetGroups.length === 0 || targetGroups.length > 10) {
    throw invalid('targetGroups', 'An action forwards to 1-10 target groups');
  }
  return {
    forward: {
      targetGroups: targetGroups.map(({ targetGroupIdentifier, weight }) => ({
        targetGroupIdentifier: findTargetGroup(context, targetGroupIdentifier)
          .arn,
        weight: weight ?? 100,
      })),
    },
  };
}
