import type {
  OperationContext,
  ServiceOperations,
} from '../../../operations/OperationHandler';
import { CatalogStore } from '../../CatalogStore';
import { Portfolio } from '../../catalog';
import { newId } from '../../catalogIds';
import { portfolioDetail, tagOptionDetail } from '../describe';
import { inUse, notFound } from '../errors';
import { changedTags, findOwn, isOwn, madeWith, pageOf } from './owned';
import { findProduct } from './products';
import { tagList, tagsFrom } from '../../../estate/tagList';

/** A portfolio of the account, or one shared with it. */
export function findPortfolio(
  store: CatalogStore,
  id: string,
  context: OperationContext,
): Portfolio {
  const portfolio = store.portfolios.get(id);
  if (!portfolio || !store.isAvailable(portfolio, context)) {
    throw notFound(`Portfolio ${id} not found.`);
  }
  return portfolio;
}

/** The operations on portfolios, and on what products they hold. */
export function portfolioOperations(store: CatalogStore): ServiceOperations {
  const { portfolios } = store;

  function answer(portfolio: Portfolio) {
    return {
      PortfolioDetail: portfolioDetail(portfolio),
      Tags: tagList(portfolio.tags),
    };
  }

  return {
    CreatePortfolio(input, context) {
      const same = madeWith(portfolios, input.IdempotencyToken, context);
      const id = newId('port');
      return answer(
        same ??
          portfolios.put(id, {
            id,
            accountId: context.accountId,
            region: context.region,
            displayName: input.DisplayName,
            description: input.Description,
            providerName: input.ProviderName,
            productIds: [],
            tags: tagsFrom(input.Tags),
            token: input.IdempotencyToken,
            createdAt: new Date(context.now()).toISOString(),
          }),
      );
    },

    UpdatePortfolio(input, context) {
      const portfolio = findOwn(portfolios, input.Id, context, 'Portfolio');
      return answer(
        portfolios.put(portfolio.id, {
          ...portfolio,
          displayName: input.DisplayName ?? portfolio.displayName,
          description: input.Description ?? portfolio.description,
          providerName: input.ProviderName ?? portfolio.providerName,
          tags: changedTags(portfolio.tags, input),
        }),
      );
    },

    DeletePortfolio({ Id }, context) {
      const { id, productIds } = findOwn(portfolios, Id, context, 'Portfolio');
      const ofPortfolio = ({ portfolioId }: { portfolioId: string }) =>
        portfolioId === id;
      if (
        productIds.length > 0 ||
        store.shares.find(ofPortfolio) ||
        store.principals.find(ofPortfolio) ||
        store.tagOptionsAssociated(id).length > 0
      ) {
        throw inUse(
          `Portfolio ${id} still has products, principals, shares or TagOptions.`,
        );
      }
      portfolios.delete(id);
      return {};
    },

    DescribePortfolio({ Id }, context) {
      const portfolio = findPortfolio(store, Id, context);
      return {
        ...answer(portfolio),
        TagOptions: store
          .tagOptionsAssociated(portfolio.id)
          .map(tagOptionDetail),
        Budgets: [],
      };
    },

    ListPortfolios(input, context) {
      const own = portfolios.filter(portfolio => isOwn(portfolio, context));
      const { page, NextPageToken } = pageOf(own, input);
      return { PortfolioDetails: page.map(portfolioDetail), NextPageToken };
    },

    AssociateProductWithPortfolio({ PortfolioId, ProductId }, context) {
      const portfolio = findOwn(portfolios, PortfolioId, context, 'Portfolio');
      const { id } = findProduct(store, { id: ProductId }, context);
      if (!portfolio.productIds.includes(id)) {
        portfolios.put(portfolio.id, {
          ...portfolio,
          productIds: [...portfolio.productIds, id],
        });
      }
      return {};
    },

    DisassociateProductFromPortfolio({ PortfolioId, ProductId }, context) {
      const portfolio = findOwn(portfolios, PortfolioId, context, 'Portfolio');
      if (!portfolio.productIds.includes(ProductId)) {
        throw notFound(
          `Product ${ProductId} is not in portfolio ${PortfolioId}.`,
        );
      }
      const constraint = store.constraints.find(
        ({ portfolioId, productId }) =>
          portfolioId === portfolio.id && productId === ProductId,
      );
      if (constraint) {
        throw inUse(
          `Product ${ProductId} has the constraint ${constraint.id} in portfolio ${PortfolioId}.`,
        );
      }
      portfolios.put(portfolio.id, {
        ...portfolio,
        productIds: portfolio.productIds.filter(id => id !== ProductId),
      });
      return {};
    },

    ListPortfoliosForProduct(input, context) {
      const { id } = findProduct(store, { id: input.ProductId }, context);
      const holding = portfolios.filter(
        portfolio =>
          isOwn(portfolio, context) && portfolio.productIds.includes(id),
      );
      const { page, NextPageToken } = pageOf(holding, input);
      return { PortfolioDetails: page.map(portfolioDetail), NextPageToken };
    },
  };
}
