import { ResourceProvider } from '../ResourceProvider';
import { UpdateRequest } from '../ResourceProvider';
import { timestamps } from './attributes';
import { gone } from './gone';
import { lowerKeys } from './lowerKeys';
import { retag } from './retag';
import { settled } from './settled';

type Target = { Id: string; Port?: number };

/** Throws for the first of targets that could not be registered. */
async function register(
  call: UpdateRequest['call'],
  targetGroupIdentifier: string,
  targets: Target[],
): Promise<void> {
  const { unsuccessful = [] } = await call('vpc-lattice', 'RegisterTargets', {
    targetGroupIdentifier,
    targets: lowerKeys(targets),
  });
  if (unsuccessful.length > 0) {
    const [{ id, failureCode, failureMessage }] = unsuccessful;
    throw new Error(
      `Target ${id} could not be registered: ${failureCode} ${
        failureMessage ?? ''
      }`.trim(),
    );
  }
}

async function updateTargets(request: UpdateRequest): Promise<void> {
  const { physicalId, properties, previousProperties, call } = request;
  const before: Target[] = previousProperties.Targets ?? [];
  const after: Target[] = properties.Targets ?? [];
  const isIn = (list: Target[], target: Target) =>
    list.some(({ Id, Port }) => Id === target.Id && Port === target.Port);
  // One function only: the old one leaves before the new one comes.
  const removed = before.filter(target => !isIn(after, target));
  if (removed.length > 0) {
    await call('vpc-lattice', 'DeregisterTargets', {
      targetGroupIdentifier: physicalId,
      targets: lowerKeys(removed),
    });
  }
  if (after.length > 0) {
    await register(call, physicalId, after);
  }
}

/** Whether two configurations differ in more than the health check, which alone can change. */
function differsBesidesHealth(before: any, after: any): boolean {
  const rest = ({ HealthCheck: _, ...others }: any = {}) =>
    JSON.stringify(Object.entries(others).sort());
  return rest(before) !== rest(after);
}

export const targetGroup: ResourceProvider = {
  type: 'AWS::VpcLattice::TargetGroup',
  async create({ properties, tags, call, generateName, exists, until }) {
    const { arn } = await call('vpc-lattice', 'CreateTargetGroup', {
      name:
        properties.Name ??
        generateName({ maximumLength: 128, lowerCase: true }),
      type: properties.Type,
      config: lowerKeys(properties.Config),
      tags,
    });
    exists(arn);
    const made = await until(async () =>
      settled(
        await call('vpc-lattice', 'GetTargetGroup', {
          targetGroupIdentifier: arn,
        }),
      ),
    );
    if (properties.Targets?.length > 0) {
      await register(call, arn, properties.Targets);
    }
    return {
      physicalId: arn,
      attributes: {
        Arn: arn,
        Id: made.id,
        Status: made.status,
        ...timestamps(made),
      },
    };
  },
  async update(request) {
    const { physicalId, properties, previousProperties, call } = request;
    if (differsBesidesHealth(previousProperties.Config, properties.Config)) {
      throw new Error(
        'Only the health check of a target group can change; all else of its Config needs a new target group.',
      );
    }
    if (properties.Config?.HealthCheck) {
      await call('vpc-lattice', 'UpdateTargetGroup', {
        targetGroupIdentifier: physicalId,
        healthCheck: lowerKeys(properties.Config.HealthCheck),
      });
    }
    await updateTargets(request);
    await retag(request, physicalId);
    return {};
  },
  async delete({ physicalId, call, until }) {
    const input = { targetGroupIdentifier: physicalId };
    const { items = [] } = await call('vpc-lattice', 'ListTargets', input);
    const targets = items
      .filter(({ status }: any) => status !== 'DRAINING')
      .map(({ id, port }: any) => ({ id, port }));
    if (targets.length > 0) {
      await call('vpc-lattice', 'DeregisterTargets', { ...input, targets });
      // Drained targets leave the list.
      await until(async () => {
        const left = await call('vpc-lattice', 'ListTargets', input);
        return left.items?.length > 0 ? undefined : true;
      });
    }
    await call('vpc-lattice', 'DeleteTargetGroup', input);
    await until(() => gone(call('vpc-lattice', 'GetTargetGroup', input)));
  },
};
