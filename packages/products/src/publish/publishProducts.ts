import { InputError } from '@backstage/errors';
import { AwsConfig, connect } from '../aws/AwsClients';
import { Product } from '../descriptor/Product';
import { collectLaunchRoles } from '../descriptor/readProducts';
import { ensureLaunchRoles } from '../launchRoles/ensureLaunchRoles';
import { PublishSettings } from '../settings/PublishSettings';
import { Changes } from './Changes';
import { ensureOffer } from './ensureOffer';
import { ensurePortfolio } from './ensurePortfolio';
import { ensurePrincipals } from './ensurePrincipals';
import { ensureProduct } from './ensureProduct';
import { ensureShares } from './ensureShares';
import { ensureTagOptions } from './ensureTagOptions';
import { PublishContext } from './PublishContext';

/**
 * Options of {@link publishProducts}.
 *
 * @public
 */
export interface PublishOptions {
  /** Of the account that owns the portfolios. */
  aws: AwsConfig;
  products: Product[];
  settings: PublishSettings;
  /** Only tells what would change. Default: false. */
  dryRun?: boolean;
  /**
   * Publishes a template that changed under the same version as `<version>-<hash>`, instead of
   * refusing it: for work on templates. Default: false.
   */
  snapshot?: boolean;
  /** Takes a line for each change, as it is made. */
  log?: (line: string) => void;
}

/**
 * Brings AWS Service Catalog to what the products and settings say, and changes nothing where it is so
 * already. Portfolios are shared last: what accounts see is complete. What the settings don't name is
 * told, and left as it is.
 *
 * @returns what changed, or would change in a dry run, in order; empty when nothing did.
 * @throws InputError when a product names a portfolio that the settings don't have; ConflictError when
 * a template changed, but not its version.
 * @public
 */
export async function publishProducts(
  options: PublishOptions,
): Promise<readonly string[]> {
  const { products, settings, dryRun = false, snapshot = false } = options;
  const { aws, log = () => {} } = options;
  const portfolios = groupByPortfolio(products, settings);
  const clients = await connect(aws);
  const changes = new Changes({ dryRun, log });
  const context: PublishContext = { clients, settings, changes, snapshot };
  await ensureLaunchRoles({
    clients,
    ...launchRolesOf(products, settings),
    settings: settings.launchRoles,
    changes,
  });
  for (const [portfolio, members] of portfolios) {
    const portfolioId = await ensurePortfolio(context, portfolio);
    await ensureTagOptions(context, portfolio, portfolioId);
    for (const product of members) {
      const productId = await ensureProduct(context, product);
      const portfolioName = portfolio.name;
      await ensureOffer(context, {
        product,
        productId,
        portfolioName,
        portfolioId,
      });
    }
    await ensurePrincipals(context, portfolio, portfolioId);
    await ensureShares(context, portfolio, portfolioId);
  }
  return changes.made;
}

/** A role that products of several portfolios share is needed wherever one of them is. */
function launchRolesOf(products: Product[], { portfolios }: PublishSettings) {
  const isShared = ({ portfolio }: Product) => {
    const { share } = portfolios[portfolio];
    return (
      share.organization ||
      share.organizationalUnits.length > 0 ||
      share.accounts.length > 0
    );
  };
  const sharedRoles = collectLaunchRoles(products.filter(isShared));
  const ownRoles = collectLaunchRoles(products).filter(
    ({ name }) => !sharedRoles.some(role => role.name === name),
  );
  return { sharedRoles, ownRoles };
}

function groupByPortfolio(
  products: Product[],
  { portfolios }: PublishSettings,
) {
  for (const { name, portfolio } of products) {
    if (!portfolios[portfolio]) {
      throw new InputError(
        `Product ${name} is for the portfolio ${portfolio}; the settings have ${
          Object.keys(portfolios).join(', ') || 'none'
        }`,
      );
    }
  }
  return Object.entries(portfolios)
    .map(
      ([key, portfolio]) =>
        [
          portfolio,
          products.filter(product => product.portfolio === key),
        ] as const,
    )
    .filter(([, members]) => members.length > 0);
}
