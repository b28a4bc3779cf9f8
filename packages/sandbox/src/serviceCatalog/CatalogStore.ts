import { Collection } from '../estate/Collection';
import { Estate } from '../estate/Estate';
import {
  CatalogRecord,
  LaunchConstraint,
  Portfolio,
  Product,
  ProvisionedProduct,
} from './catalog';
import { stableId } from './catalogIds';

/** Where an account stands. */
interface Place {
  accountId: string;
  region: string;
}

/** How an account gets at a product. */
export interface LaunchPath {
  /** `lpv3-…` */
  id: string;
  portfolio: Portfolio;
  constraint?: LaunchConstraint;
}

/** What Service Catalog keeps in the estate. */
export class CatalogStore {
  readonly portfolios: Collection<Portfolio>;
  readonly products: Collection<Product>;
  readonly constraints: Collection<LaunchConstraint>;
  readonly provisionedProducts: Collection<ProvisionedProduct>;
  readonly records: Collection<CatalogRecord>;

  constructor(readonly estate: Estate) {
    this.portfolios = estate.collection('catalogPortfolios');
    this.products = estate.collection('catalogProducts');
    this.constraints = estate.collection('catalogConstraints');
    this.provisionedProducts = estate.collection('catalogProvisionedProducts');
    this.records = estate.collection('catalogRecords');
  }

  /**
   * Portfolios the account has access to in the region: its own, and those shared with it. All
   * principals of the account count as associated with them.
   */
  portfoliosFor({ accountId, region }: Place): Portfolio[] {
    return this.portfolios.filter(
      portfolio =>
        portfolio.region === region &&
        (portfolio.accountId === accountId ||
          portfolio.sharedWith.includes(accountId) ||
          (portfolio.sharedWith.includes('*') &&
            this.estate.accounts.has(accountId))),
    );
  }

  /** Products the account can launch in the region. */
  productsFor(place: Place): Product[] {
    const ids = new Set(
      this.portfoliosFor(place).flatMap(({ productIds }) => productIds),
    );
    return this.products.filter(({ id }) => ids.has(id));
  }

  /** The paths to a product, one for each portfolio that holds it. */
  pathsTo(productId: string, place: Place): LaunchPath[] {
    return this.portfoliosFor(place)
      .filter(({ productIds }) => productIds.includes(productId))
      .map(portfolio => ({
        id: stableId('lpv3', portfolio.id, productId),
        portfolio,
        constraint: this.constraints.find(
          constraint =>
            constraint.portfolioId === portfolio.id &&
            constraint.productId === productId,
        ),
      }));
  }

  /** The account's provisioned product by id or name. */
  provisionedProduct(
    place: Place,
    key: { id?: string; name?: string },
  ): ProvisionedProduct | undefined {
    return this.provisionedProducts.find(
      ({ accountId, region, id, name }) =>
        accountId === place.accountId &&
        region === place.region &&
        (key.id ? id === key.id : name === key.name),
    );
  }
}
