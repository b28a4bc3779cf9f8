import { ResourceProvider } from '../ResourceProvider';
import { timestamps } from './attributes';
import { gone } from './gone';
import { lowerKeys } from './lowerKeys';
import { settled } from './settled';

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
      const { unsuccessful = [] } = await call(
        'vpc-lattice',
        'RegisterTargets',
        {
          targetGroupIdentifier: arn,
          targets: lowerKeys(properties.Targets),
        },
      );
      if (unsuccessful.length > 0) {
        const [{ id, failureCode, failureMessage }] = unsuccessful;
        throw new Error(
          `Target ${id} could not be registered: ${failureCode} ${
            failureMessage ?? ''
          }`.trim(),
        );
      }
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
