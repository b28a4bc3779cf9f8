import type { Collection } from '../../estate/Collection';
import type { Tags } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { elbError } from './common';
import { tagList, tagsFrom } from '../../estate/tagList';

export const tagOperations: ServiceOperations = {
  AddTags({ ResourceArns, Tags }, context) {
    for (const arn of ResourceArns) {
      change(context, arn, tags => ({ ...tags, ...tagsFrom(Tags) }));
    }
  },

  RemoveTags({ ResourceArns, TagKeys }, context) {
    for (const arn of ResourceArns) {
      change(context, arn, tags =>
        Object.fromEntries(
          Object.entries(tags).filter(([key]) => !TagKeys.includes(key)),
        ),
      );
    }
  },

  DescribeTags({ ResourceArns }, context) {
    return {
      TagDescriptions: ResourceArns.map((arn: string) => ({
        ResourceArn: arn,
        Tags: tagList(collectionOf(context, arn).get(arn)!.tags),
      })),
    };
  },
};

/** Where the resource is. @throws AwsError when it is nowhere. */
function collectionOf(
  { estate, accountId }: OperationContext,
  arn: string,
): Collection<{ accountId: string; tags: Tags }> {
  const collections = [
    estate.loadBalancers,
    estate.loadBalancerTargetGroups,
    estate.loadBalancerListeners,
    estate.loadBalancerRules,
  ] as unknown as Collection<{ accountId: string; tags: Tags }>[];
  const found = collections.find(
    collection => collection.get(arn)?.accountId === accountId,
  );
  if (!found) {
    throw elbError('LoadBalancerNotFoundException', `'${arn}' not found`);
  }
  return found;
}

function change(
  context: OperationContext,
  arn: string,
  make: (tags: Tags) => Tags,
): void {
  collectionOf(context, arn).update(arn, resource => ({
    ...resource,
    tags: make(resource.tags),
  }));
}
