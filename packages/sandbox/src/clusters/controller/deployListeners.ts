import type { LatticeAccount, TaggedResource } from './LatticeAccount';
import type { Backend, ListenerModel, RuleModel, ServiceModel } from './Model';

/** A listener answers so where no rule matches. */
const NOT_FOUND = { fixedResponse: { statusCode: 404 } };
/** A rule without backends answers so. */
const NO_BACKEND = { fixedResponse: { statusCode: 500 } };

interface Options {
  lattice: LatticeAccount;
  model: ServiceModel;
  serviceId: string;
  targetGroupIdOf: (backend: Backend) => string;
}

/** Makes the listeners of a service what they are to be, with their rules. */
export async function deployListeners(options: Options): Promise<void> {
  const { lattice, model, serviceId } = options;
  const current = await lattice.listTagged('ListListeners', {
    serviceIdentifier: serviceId,
  });
  const isSame = (listener: TaggedResource, wanted: ListenerModel) =>
    listener.port === wanted.port && listener.protocol === wanted.protocol;
  for (const listener of current) {
    if (!model.listeners.some(wanted => isSame(listener, wanted))) {
      await lattice.call('DeleteListener', {
        serviceIdentifier: serviceId,
        listenerIdentifier: listener.id,
      });
    }
  }
  for (const wanted of model.listeners) {
    const found = current.find(listener => isSame(listener, wanted));
    const id = await deployListener(options, wanted, found);
    if (!wanted.backends) {
      await deployRules(options, id);
    }
  }
}

async function deployListener(
  { lattice, model, serviceId, targetGroupIdOf }: Options,
  wanted: ListenerModel,
  found: TaggedResource | undefined,
): Promise<string> {
  const defaultAction = wanted.backends
    ? actionOf(wanted.backends, targetGroupIdOf)
    : NOT_FOUND;
  if (!found) {
    const { id } = await lattice.call('CreateListener', {
      serviceIdentifier: serviceId,
      name: wanted.name,
      port: wanted.port,
      protocol: wanted.protocol,
      defaultAction,
      tags: lattice.tags(model.tags),
    });
    return id;
  }
  await lattice.keepTags(found, model.tags);
  const { defaultAction: current } = await lattice.call('GetListener', {
    serviceIdentifier: serviceId,
    listenerIdentifier: found.id,
  });
  if (JSON.stringify(current) !== JSON.stringify(defaultAction)) {
    await lattice.call('UpdateListener', {
      serviceIdentifier: serviceId,
      listenerIdentifier: found.id,
      defaultAction,
    });
  }
  return found.id;
}

/**
 * A rule is known by what it matches. Those that nothing wants go first and priorities are changed
 * together, so that no two rules ever want the same one.
 */
async function deployRules(
  { lattice, model, serviceId, targetGroupIdOf }: Options,
  listenerId: string,
): Promise<void> {
  const place = {
    serviceIdentifier: serviceId,
    listenerIdentifier: listenerId,
  };
  const wanted = new Map(
    model.rules.map(rule => [JSON.stringify(rule.match), rule]),
  );
  const kept = new Map<string, RuleModel>();
  const moved: { ruleIdentifier: string; priority: number }[] = [];
  for (const { id, isDefault } of await lattice.list('ListRules', place)) {
    if (isDefault) {
      continue;
    }
    const current = await lattice.call('GetRule', {
      ...place,
      ruleIdentifier: id,
    });
    const key = JSON.stringify(current.match);
    const rule = wanted.get(key);
    if (!rule || kept.has(key)) {
      await lattice.call('DeleteRule', { ...place, ruleIdentifier: id });
      continue;
    }
    kept.set(key, rule);
    if (current.priority !== rule.priority) {
      moved.push({ ruleIdentifier: id, priority: rule.priority });
    }
    const action = actionOf(rule.backends, targetGroupIdOf);
    if (JSON.stringify(current.action) !== JSON.stringify(action)) {
      await lattice.call('UpdateRule', {
        ...place,
        ruleIdentifier: id,
        action,
      });
    }
  }
  if (moved.length > 0) {
    const { unsuccessful } = await lattice.call('BatchUpdateRule', {
      ...place,
      rules: moved,
    });
    if (unsuccessful.length > 0) {
      throw new Error(unsuccessful[0].failureMessage);
    }
  }
  for (const [key, rule] of wanted) {
    if (!kept.has(key)) {
      await lattice.call('CreateRule', {
        ...place,
        name: `k8s-${Date.now()}-rule-${rule.priority}`,
        priority: rule.priority,
        match: rule.match,
        action: actionOf(rule.backends, targetGroupIdOf),
        tags: lattice.tags(model.tags),
      });
    }
  }
}

function actionOf(
  backends: Backend[],
  targetGroupIdOf: (backend: Backend) => string,
) {
  return backends.length === 0
    ? NO_BACKEND
    : {
        forward: {
          targetGroups: backends.map(backend => ({
            targetGroupIdentifier: targetGroupIdOf(backend),
            weight: backend.weight,
          })),
        },
      };
}
