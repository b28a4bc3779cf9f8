import { matchesWildcard } from '../authorization/wildcard';
import { Collection } from '../estate/Collection';
import { Estate } from '../estate/Estate';
import {
  CatalogRecord,
  Constraint,
  ConstraintRule,
  Plan,
  Portfolio,
  PortfolioShare,
  PrincipalAssociation,
  Product,
  ProvisionedProduct,
  TagOption,
  TagOptionAssociation,
} from './catalog';
import { stableId } from './catalogIds';

/** Where an account stands. */
export interface Place {
  accountId: string;
  region: string;
}

/** Who asks, and where. */
interface Viewer extends Place {
  principalArn: string;
}

/** How a principal gets at a product. */
export interface LaunchPath {
  /** `lpv3-…` */
  id: string;
  portfolio: Portfolio;
  productId: string;
  constraints: Constraint[];
}

/** What Service Catalog keeps in the estate. */
export class CatalogStore {
  readonly portfolios: Collection<Portfolio>;
  readonly shares: Collection<PortfolioShare>;
  readonly principals: Collection<PrincipalAssociation>;
  readonly products: Collection<Product>;
  readonly constraints: Collection<Constraint>;
  readonly tagOptions: Collection<TagOption>;
  readonly tagOptionAssociations: Collection<TagOptionAssociation>;
  /** Keyed `organization`: there while Service Catalog may share through AWS Organizations. */
  readonly organizationAccess: Collection<{ enabledAt: string }>;
  readonly provisionedProducts: Collection<ProvisionedProduct>;
  readonly records: Collection<CatalogRecord>;
  readonly plans: Collection<Plan>;

  constructor(readonly estate: Estate) {
    this.portfolios = estate.collection('catalogPortfolios');
    this.shares = estate.collection('catalogPortfolioShares');
    this.principals = estate.collection('catalogPrincipals');
    this.products = estate.collection('catalogProducts');
    this.constraints = estate.collection('catalogConstraints');
    this.tagOptions = estate.collection('catalogTagOptions');
    this.tagOptionAssociations = estate.collection(
      'catalogTagOptionAssociations',
    );
    this.organizationAccess = estate.collection('catalogOrganizationAccess');
    this.provisionedProducts = estate.collection('catalogProvisionedProducts');
    this.records = estate.collection('catalogRecords');
    this.plans = estate.collection('catalogPlans');
  }

  /** The shares by which another account has a portfolio. */
  sharesFor(portfolio: Portfolio, accountId: string): PortfolioShare[] {
    const nodes = this.#organizationNodes(accountId);
    return this.shares.filter(
      ({ portfolioId, type, principalId }) =>
        portfolioId === portfolio.id &&
        (type === 'ACCOUNT' || type === 'ORGANIZATION_MEMBER_ACCOUNT'
          ? principalId === accountId
          : nodes.includes(principalId)),
    );
  }

  /** The organization and the organizational units that an account is in. */
  #organizationNodes(accountId: string): string[] {
    const { accounts, organization, organizationalUnits } = this.estate;
    const account = accounts.get(accountId);
    const organizationId = organization.get('organization')?.id;
    if (!account || !organizationId) {
      return [];
    }
    const nodes = [organizationId];
    let unit = organizationalUnits.get(account.parentId ?? '');
    while (unit) {
      nodes.push(unit.id);
      unit = organizationalUnits.get(unit.parentId);
    }
    return nodes;
  }

  /** Whether the portfolio is the account's own, or is shared with it and accepted. */
  isAvailable(portfolio: Portfolio, { accountId, region }: Place): boolean {
    return (
      portfolio.region === region &&
      (portfolio.accountId === accountId ||
        this.sharesFor(portfolio, accountId).some(
          ({ isAccepted }) => isAccepted,
        ))
    );
  }

  /**
   * Portfolios whose products the principal may launch: available to its account, and associated
   * with it by the account, or by the owner who shares the association. An account's root counts as
   * associated.
   */
  portfoliosFor(viewer: Viewer): Portfolio[] {
    return this.portfolios.filter(
      portfolio =>
        this.isAvailable(portfolio, viewer) &&
        this.#isAssociated(portfolio, viewer),
    );
  }

  #isAssociated(portfolio: Portfolio, viewer: Viewer): boolean {
    const { accountId, principalArn } = viewer;
    if (principalArn === `arn:aws:iam::${accountId}:root`) {
      return true;
    }
    const roleName = /:assumed-role\/([^/]+)\//.exec(principalArn)?.[1];
    const role = this.estate.roles.find(
      candidate =>
        candidate.accountId === accountId && candidate.name === roleName,
    );
    const arn = role?.arn ?? principalArn;
    const withoutAccount = arn.replace(`:${accountId}:`, '::');
    const sharesPrincipals = this.sharesFor(portfolio, accountId).some(
      share => share.sharePrincipals,
    );
    return this.principals
      .filter(({ portfolioId }) => portfolioId === portfolio.id)
      .some(association =>
        association.type === 'IAM'
          ? association.accountId === accountId && association.arn === arn
          : (association.accountId === accountId ||
              (association.accountId === portfolio.accountId &&
                sharesPrincipals)) &&
            matchesWildcard(association.arn, withoutAccount),
      );
  }

  /** Products the principal can launch in the region. */
  productsFor(viewer: Viewer): Product[] {
    const ids = new Set(
      this.portfoliosFor(viewer).flatMap(({ productIds }) => productIds),
    );
    return this.products.filter(({ id }) => ids.has(id));
  }

  /** The paths to a product, one for each portfolio that holds it. */
  pathsTo(productId: string, viewer: Viewer): LaunchPath[] {
    return this.portfoliosFor(viewer)
      .filter(({ productIds }) => productIds.includes(productId))
      .map(portfolio => ({
        id: stableId('lpv3', portfolio.id, productId),
        portfolio,
        productId,
        constraints: this.constraints.filter(
          constraint =>
            constraint.portfolioId === portfolio.id &&
            constraint.productId === productId,
        ),
      }));
  }

  /** Values by key of the active TagOptions that apply to launches through a path. */
  tagOptionsOf(
    { portfolio, productId }: LaunchPath,
    accountId: string,
  ): Map<string, string[]> {
    const values = new Map<string, string[]>();
    const applies =
      portfolio.accountId === accountId ||
      this.sharesFor(portfolio, accountId).some(
        ({ shareTagOptions }) => shareTagOptions,
      );
    if (applies) {
      for (const option of this.tagOptionsAssociated(portfolio.id, productId)) {
        if (option.isActive) {
          const before = values.get(option.key) ?? [];
          values.set(option.key, [...new Set([...before, option.value])]);
        }
      }
    }
    return values;
  }

  /** The TagOptions of portfolios and products. */
  tagOptionsAssociated(...resourceIds: string[]): TagOption[] {
    return this.tagOptionAssociations
      .filter(({ resourceId }) => resourceIds.includes(resourceId))
      .map(({ tagOptionId }) => this.tagOptions.get(tagOptionId)!);
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

/** The rule of a type that applies to a path, if any. */
export function ruleOf<T extends ConstraintRule['type']>(
  { constraints }: LaunchPath,
  type: T,
): Extract<ConstraintRule, { type: T }> | undefined {
  return constraints
    .map(({ rule }) => rule)
    .find(
      (rule): rule is Extract<ConstraintRule, { type: T }> =>
        rule?.type === type,
    );
}
