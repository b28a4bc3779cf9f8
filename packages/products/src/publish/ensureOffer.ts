import {
  AssociateProductWithPortfolioCommand,
  CreateConstraintCommand,
  DescribeConstraintCommand,
  UpdateConstraintCommand,
  paginateListConstraintsForPortfolio,
  paginateListPortfoliosForProduct,
} from '@aws-sdk/client-service-catalog';
import { Product } from '../descriptor/Product';
import { PublishContext } from './PublishContext';

/** Puts a product in a portfolio, to be launched as its launch role. */
export async function ensureOffer(
  context: PublishContext,
  options: {
    product: Product;
    productId: string | undefined;
    portfolioName: string;
    portfolioId: string | undefined;
  },
): Promise<void> {
  const { clients, changes } = context;
  const { product, productId, portfolioName, portfolioId } = options;
  const isNew =
    !productId ||
    !portfolioId ||
    !(await isIn(context, { productId, portfolioId }));
  if (isNew) {
    await changes.change(`put ${product.name} in ${portfolioName}`, () =>
      clients.serviceCatalog.send(
        new AssociateProductWithPortfolioCommand({
          ProductId: productId,
          PortfolioId: portfolioId,
        }),
      ),
    );
  }
  await ensureLaunchConstraint(context, { ...options, isNew });
}

async function isIn(
  { clients }: PublishContext,
  { productId, portfolioId }: { productId: string; portfolioId: string },
): Promise<boolean> {
  for await (const {
    PortfolioDetails = [],
  } of paginateListPortfoliosForProduct(
    { client: clients.serviceCatalog },
    { ProductId: productId },
  )) {
    if (PortfolioDetails.some(({ Id }) => Id === portfolioId)) {
      return true;
    }
  }
  return false;
}

async function ensureLaunchConstraint(
  context: PublishContext,
  options: {
    product: Product;
    productId: string | undefined;
    portfolioId: string | undefined;
    isNew: boolean;
  },
): Promise<void> {
  const { clients, changes } = context;
  const { product, productId, portfolioId, isNew } = options;
  const { name } = product.launchRole;
  const Parameters = JSON.stringify({ LocalRoleName: name });
  const existing =
    isNew || !productId || !portfolioId
      ? undefined
      : await findLaunchConstraint(context, { productId, portfolioId });
  if (!existing) {
    await changes.change(`launch ${product.name} as ${name}`, () =>
      clients.serviceCatalog.send(
        new CreateConstraintCommand({
          Type: 'LAUNCH',
          ProductId: productId,
          PortfolioId: portfolioId,
          Parameters,
          Description: `Launched as the role ${name}`,
        }),
      ),
    );
  } else if (existing.localRoleName !== name) {
    await changes.change(`launch ${product.name} as ${name}`, () =>
      clients.serviceCatalog.send(
        new UpdateConstraintCommand({
          Id: existing.id,
          Parameters,
          Description: `Launched as the role ${name}`,
        }),
      ),
    );
  }
}

async function findLaunchConstraint(
  { clients }: PublishContext,
  { productId, portfolioId }: { productId: string; portfolioId: string },
): Promise<{ id: string; localRoleName: string | undefined } | undefined> {
  for await (const {
    ConstraintDetails = [],
  } of paginateListConstraintsForPortfolio(
    { client: clients.serviceCatalog },
    { PortfolioId: portfolioId, ProductId: productId },
  )) {
    const id = ConstraintDetails.find(
      ({ Type }) => Type === 'LAUNCH',
    )?.ConstraintId;
    if (id) {
      const { ConstraintParameters = '{}' } = await clients.serviceCatalog.send(
        new DescribeConstraintCommand({ Id: id }),
      );
      return {
        id,
        localRoleName: JSON.parse(ConstraintParameters).LocalRoleName,
      };
    }
  }
  return undefined;
}
