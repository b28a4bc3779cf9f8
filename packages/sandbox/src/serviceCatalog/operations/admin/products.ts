import type {
  OperationContext,
  ServiceOperations,
} from '../../../operations/OperationHandler';
import { CatalogStore } from '../../CatalogStore';
import { Product, ProvisioningArtifact } from '../../catalog';
import { newId } from '../../catalogIds';
import { artifactDetail, productDetail, tagOptionDetail } from '../describe';
import { inUse, invalidParameters, notFound } from '../errors';
import { matchesFilters } from '../productFilters';
import { loadTemplate } from './loadTemplate';
import { changedTags, findOwn, isOwn, madeWith, pageOf } from './owned';
import { tagList, tagsFrom } from '../../../estate/tagList';

/**
 * A product of the account by id or name.
 *
 * @throws AwsError when the account has no such product.
 */
export function findProduct(
  store: CatalogStore,
  { id, name }: { id?: string; name?: string },
  context: OperationContext,
): Product {
  if (!id && !name) {
    throw invalidParameters('Either a product id or a product name is needed');
  }
  const product = store.products.find(
    candidate =>
      isOwn(candidate, context) &&
      (id ? candidate.id === id : candidate.name === name),
  );
  if (!product) {
    throw notFound(`Product ${id ?? name} not found.`);
  }
  return product;
}

/** A version from `ProvisioningArtifactProperties`. */
export async function newArtifact(
  properties: any,
  context: OperationContext,
  token: string | undefined,
): Promise<ProvisioningArtifact> {
  const { Name, Description, Type, Info } = properties;
  if (Type && Type !== 'CLOUD_FORMATION_TEMPLATE') {
    throw invalidParameters(
      `The sandbox has no products of the type ${Type}, only CLOUD_FORMATION_TEMPLATE`,
    );
  }
  const { templateBody, url } = await loadTemplate(Info, context);
  return {
    id: newId('pa'),
    name: Name ?? 'v1',
    description: Description,
    templateBody,
    templateUrl: url,
    isActive: true,
    guidance: 'DEFAULT',
    token,
    createdAt: new Date(context.now()).toISOString(),
  };
}

/** The operations on products as their administrators see them. */
export function productOperations(store: CatalogStore): ServiceOperations {
  const { products } = store;

  return {
    async CreateProduct(input, context) {
      const token = input.IdempotencyToken;
      const same = madeWith(products, token, context);
      if (input.SourceConnection) {
        throw invalidParameters('The sandbox reads no source connections');
      }
      if (input.ProductType !== 'CLOUD_FORMATION_TEMPLATE') {
        throw invalidParameters(
          `The sandbox has no products of the type ${input.ProductType}, only CLOUD_FORMATION_TEMPLATE`,
        );
      }
      const id = newId('prod');
      const product =
        same ??
        products.put(id, {
          id,
          accountId: context.accountId,
          region: context.region,
          name: input.Name,
          owner: input.Owner,
          description: input.Description,
          distributor: input.Distributor,
          supportDescription: input.SupportDescription,
          supportEmail: input.SupportEmail,
          supportUrl: input.SupportUrl,
          tags: tagsFrom(input.Tags),
          artifacts: [
            await newArtifact(
              input.ProvisioningArtifactParameters ?? {},
              context,
              token,
            ),
          ],
          token,
          createdAt: new Date(context.now()).toISOString(),
        });
      return {
        ProductViewDetail: productDetail(product),
        ProvisioningArtifactDetail: artifactDetail(product.artifacts[0]),
        Tags: tagList(product.tags),
      };
    },

    UpdateProduct(input, context) {
      const product = findOwn(products, input.Id, context, 'Product');
      const changed = products.put(product.id, {
        ...product,
        name: input.Name ?? product.name,
        owner: input.Owner ?? product.owner,
        description: input.Description ?? product.description,
        distributor: input.Distributor ?? product.distributor,
        supportDescription:
          input.SupportDescription ?? product.supportDescription,
        supportEmail: input.SupportEmail ?? product.supportEmail,
        supportUrl: input.SupportUrl ?? product.supportUrl,
        tags: changedTags(product.tags, input),
      });
      return {
        ProductViewDetail: productDetail(changed),
        Tags: tagList(changed.tags),
      };
    },

    DeleteProduct({ Id }, context) {
      const { id } = findOwn(products, Id, context, 'Product');
      const portfolio = store.portfolios.find(({ productIds }) =>
        productIds.includes(id),
      );
      if (portfolio || store.tagOptionsAssociated(id).length > 0) {
        throw inUse(
          portfolio
            ? `Product ${id} is in portfolio ${portfolio.id}.`
            : `Product ${id} has TagOptions.`,
        );
      }
      products.delete(id);
      return {};
    },

    DescribeProductAsAdmin({ Id, Name }, context) {
      const product = findProduct(store, { id: Id, name: Name }, context);
      return {
        ProductViewDetail: productDetail(product),
        ProvisioningArtifactSummaries: product.artifacts.map(artifact => ({
          Id: artifact.id,
          Name: artifact.name,
          Description: artifact.description,
          CreatedTime: artifact.createdAt,
        })),
        Tags: tagList(product.tags),
        TagOptions: store.tagOptionsAssociated(product.id).map(tagOptionDetail),
        Budgets: [],
      };
    },

    SearchProductsAsAdmin(input, context) {
      const { PortfolioId } = input;
      const portfolio = PortfolioId
        ? findOwn(store.portfolios, PortfolioId, context, 'Portfolio')
        : undefined;
      const found = products.filter(
        product =>
          isOwn(product, context) &&
          (!portfolio || portfolio.productIds.includes(product.id)) &&
          matchesFilters(product, input.Filters),
      );
      const { page, NextPageToken } = pageOf(found, input);
      return { ProductViewDetails: page.map(productDetail), NextPageToken };
    },
  };
}
