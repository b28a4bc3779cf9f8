import type { ServiceOperations } from '../../../operations/OperationHandler';
import { CatalogStore } from '../../CatalogStore';
import { newId } from '../../catalogIds';
import { portfolioArn, productArn, tagOptionDetail } from '../describe';
import { duplicate, inUse, notFound } from '../errors';
import { findOwn, isOwn, pageOf } from './owned';

/** The operations on TagOptions, and on what portfolios and products they belong to. */
export function tagOptionOperations(store: CatalogStore): ServiceOperations {
  const { tagOptions, tagOptionAssociations: associations } = store;

  function findResource(id: string, context: any) {
    return id.startsWith('port-')
      ? findOwn(store.portfolios, id, context, 'Portfolio')
      : findOwn(store.products, id, context, 'Product');
  }

  return {
    CreateTagOption({ Key: key, Value: value }, context) {
      if (
        tagOptions.find(
          option =>
            isOwn(option, context) &&
            option.key === key &&
            option.value === value,
        )
      ) {
        throw duplicate(`A TagOption ${key}=${value} exists already.`);
      }
      const { accountId, region } = context;
      const id = newId('tag');
      const option = { id, accountId, region, key, value, isActive: true };
      return { TagOptionDetail: tagOptionDetail(tagOptions.put(id, option)) };
    },

    UpdateTagOption({ Id, Value, Active }, context) {
      const option = findOwn(tagOptions, Id, context, 'TagOption');
      const changed = tagOptions.put(option.id, {
        ...option,
        value: Value ?? option.value,
        isActive: Active ?? option.isActive,
      });
      return { TagOptionDetail: tagOptionDetail(changed) };
    },

    DeleteTagOption({ Id }, context) {
      const { id } = findOwn(tagOptions, Id, context, 'TagOption');
      if (associations.find(({ tagOptionId }) => tagOptionId === id)) {
        throw inUse(`TagOption ${id} belongs to portfolios or products.`);
      }
      tagOptions.delete(id);
      return {};
    },

    DescribeTagOption({ Id }, context) {
      const option = findOwn(tagOptions, Id, context, 'TagOption');
      return { TagOptionDetail: tagOptionDetail(option) };
    },

    ListTagOptions(input, context) {
      const { Key, Value, Active } = input.Filters ?? {};
      const { page, NextPageToken } = pageOf(
        tagOptions.filter(
          option =>
            isOwn(option, context) &&
            (Key === undefined || option.key === Key) &&
            (Value === undefined || option.value === Value) &&
            (Active === undefined || option.isActive === Active),
        ),
        input,
      );
      return {
        TagOptionDetails: page.map(tagOptionDetail),
        PageToken: NextPageToken,
      };
    },

    AssociateTagOptionWithResource({ ResourceId, TagOptionId }, context) {
      const resource = findResource(ResourceId, context);
      const option = findOwn(tagOptions, TagOptionId, context, 'TagOption');
      const key = `${resource.id}/${option.id}`;
      if (associations.has(key)) {
        throw duplicate(`TagOption ${option.id} belongs to ${resource.id}.`);
      }
      associations.put(key, {
        resourceId: resource.id,
        tagOptionId: option.id,
      });
      return {};
    },

    DisassociateTagOptionFromResource({ ResourceId, TagOptionId }, context) {
      const resource = findResource(ResourceId, context);
      if (!associations.delete(`${resource.id}/${TagOptionId}`)) {
        throw notFound(
          `TagOption ${TagOptionId} does not belong to ${ResourceId}.`,
        );
      }
      return {};
    },

    ListResourcesForTagOption(input, context) {
      const option = findOwn(
        tagOptions,
        input.TagOptionId,
        context,
        'TagOption',
      );
      const resources = associations
        .filter(({ tagOptionId }) => tagOptionId === option.id)
        .map(({ resourceId }) => {
          const portfolio = store.portfolios.get(resourceId);
          const product = store.products.get(resourceId);
          return {
            Id: resourceId,
            ARN: portfolio
              ? portfolioArn(portfolio)
              : product && productArn(product),
            Name: portfolio?.displayName ?? product?.name,
            Description: portfolio?.description ?? product?.description,
            CreatedTime: portfolio?.createdAt ?? product?.createdAt,
          };
        });
      const { page, NextPageToken } = pageOf(resources, input);
      return { ResourceDetails: page, PageToken: NextPageToken };
    },
  };
}
