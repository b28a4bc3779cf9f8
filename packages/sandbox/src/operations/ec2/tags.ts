import type { Collection } from '../../estate/Collection';
import type { Owned, Tags } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { ec2Error, isOwn } from './common';
import { tagsFrom } from '../../estate/tagList';

type Tagged = Collection<Owned & { tags: Tags }>;

export const tagOperations: ServiceOperations = {
  CreateTags({ Resources, Tags: list }, context) {
    const added = tagsFrom(list);
    change(context, Resources, tags => ({ ...tags, ...added }));
  },

  DeleteTags({ Resources, Tags: list }, context) {
    const keys = list?.map(({ Key }: { Key: string }) => Key);
    change(context, Resources, tags =>
      Object.fromEntries(
        Object.entries(tags).filter(([key]) => keys && !keys.includes(key)),
      ),
    );
  },
};

function change(
  context: OperationContext,
  ids: string[],
  make: (tags: Tags) => Tags,
): void {
  const { securityGroups, vpcs, subnets, vpcEndpoints } = context.estate;
  const collections = [
    securityGroups,
    vpcs,
    subnets,
    vpcEndpoints,
  ] as unknown as Tagged[];
  for (const id of ids) {
    const collection = collections.find(candidate => {
      const resource = candidate.get(id);
      return resource && isOwn(context)(resource);
    });
    if (!collection) {
      throw ec2Error('InvalidID', `The ID '${id}' is not valid`);
    }
    collection.update(id, resource => ({
      ...resource,
      tags: make(resource.tags),
    }));
  }
}
