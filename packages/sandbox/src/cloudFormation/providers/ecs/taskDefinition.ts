import { ResourceProvider } from '../ResourceProvider';
import { ecsTags, lowerEcsKeys } from './lowerEcsKeys';
import { retag } from './retag';

/** Every change but that of tags makes a new revision, as CloudFormation does it too. */
export const taskDefinition: ResourceProvider = {
  type: 'AWS::ECS::TaskDefinition',
  async create({ properties, tags, call, generateName, exists }) {
    const { Tags: _, Family, ...rest } = properties;
    const { taskDefinition: made } = await call(
      'ecs',
      'RegisterTaskDefinition',
      {
        ...lowerEcsKeys(rest),
        family: Family ?? generateName({ maximumLength: 255 }),
        tags: ecsTags(tags),
      },
    );
    const arn = made.taskDefinitionArn;
    exists(arn);
    return { physicalId: arn, attributes: { TaskDefinitionArn: arn } };
  },
  async update(request) {
    await retag(request, request.physicalId);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('ecs', 'DeregisterTaskDefinition', {
      taskDefinition: physicalId,
    });
  },
};
