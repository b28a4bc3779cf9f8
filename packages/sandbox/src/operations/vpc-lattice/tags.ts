import type { Collection } from '../../estate/Collection';
import type { Tags } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { accessDenied, invalid, notFound } from './errors';

const TAGS_PER_RESOURCE = 50;

export const tagOperations: ServiceOperations = {
  ListTagsForResource(input, context) {
    const { collection, arn } = findTagged(context, input.resourceArn);
    return { tags: collection.get(arn)!.tags };
  },

  TagResource(input, context) {
    const { collection, arn } = findTagged(context, input.resourceArn);
    const tags = { ...collection.get(arn)!.tags, ...input.tags };
    if (Object.keys(tags).length > TAGS_PER_RESOURCE) {
      throw invalid('tags', `A resource has ${TAGS_PER_RESOURCE} tags at most`);
    }
    collection.update(arn, resource => ({ ...resource, tags }));
  },

  UntagResource(input, context) {
    const { collection, arn } = findTagged(context, input.resourceArn);
    collection.update(arn, resource => ({
      ...resource,
      tags: Object.fromEntries(
        Object.entries(resource.tags).filter(
          ([key]) => !input.tagKeys.includes(key),
        ),
      ),
    }));
  },
};

/** Tags are the owner's alone, also those of shared resources. */
function findTagged(context: OperationContext, arn: string) {
  const { estate, accountId, principalArn } = context;
  if (arn.split(':')[4] !== accountId) {
    throw accessDenied(principalArn, arn);
  }
  const collections: Collection<any>[] = [
    estate.serviceNetworks,
    estate.services,
    estate.listeners,
    estate.rules,
    estate.targetGroups,
    estate.vpcAssociations,
    estate.serviceAssociations,
    estate.accessLogSubscriptions,
    estate.resourceGateways,
    estate.resourceConfigurations,
    estate.resourceAssociations,
  ];
  const collection: Collection<{ tags: Tags }> | undefined = collections.find(
    candidate => candidate.has(arn),
  );
  if (!collection) {
    throw notFound('RESOURCE', arn);
  }
  return { collection, arn };
}
