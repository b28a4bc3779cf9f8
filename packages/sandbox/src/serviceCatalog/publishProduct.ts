import { readFile } from 'node:fs/promises';
import { parseTemplate } from '../cloudFormation/template/parseTemplate';
import type { Estate } from '../estate/Estate';
import { CatalogStore } from './CatalogStore';
import { Product } from './catalog';
import { stableId } from './catalogIds';

const SHARED_SERVICES = 'shared-services';
const PORTFOLIO_NAME = 'Lattice Portal';

/** Options of {@link publishProduct}. */
export interface PublishProductOptions {
  estate: Estate;
  /** Name of the product. */
  name: string;
  /** File of the CloudFormation template. */
  templateFile: string;
  /** Default: `us-east-1`. */
  region?: string;
  /** Name of the role, in each launching account, that makes the resources. */
  launchRoleName?: string;
  /** The present, in milliseconds since the epoch. */
  now?: () => number;
}

function owner(estate: Estate): string {
  const account =
    estate.accounts.find(({ name }) => name === SHARED_SERVICES)?.id ??
    estate.organization.get('organization')?.managementAccountId;
  if (!account) {
    throw new Error(
      'Products need an account named shared-services or a management account',
    );
  }
  return account;
}

/**
 * Publishes a template as a product of the shared-services account, in a portfolio shared with all
 * accounts, launched as the role `lattice-portal-launch` of the launching account. Ids are the same
 * in every sandbox. A changed template becomes a new version; the same one changes nothing.
 *
 * @throws TemplateError when the template is not well formed.
 * @public
 */
export async function publishProduct(
  options: PublishProductOptions,
): Promise<Product> {
  const {
    estate,
    name,
    templateFile,
    region = 'us-east-1',
    launchRoleName = 'lattice-portal-launch',
    now = Date.now,
  } = options;
  const templateBody = await readFile(templateFile, 'utf8');
  const { Description: description } = parseTemplate(templateBody);
  const store = new CatalogStore(estate);
  const accountId = owner(estate);
  const createdAt = new Date(now()).toISOString();

  const productId = stableId('prod', accountId, region, name);
  const published = store.products.get(productId);
  const artifacts = published?.artifacts ?? [];
  let product = published;
  if (!product || artifacts.at(-1)?.templateBody !== templateBody) {
    const version = `v${artifacts.length + 1}`;
    product = store.products.put(productId, {
      createdAt,
      ...published,
      id: productId,
      accountId,
      region,
      name,
      owner: SHARED_SERVICES,
      description,
      artifacts: [
        ...artifacts,
        {
          id: stableId('pa', productId, version),
          name: version,
          description,
          templateBody,
          createdAt,
        },
      ],
    });
  }

  const portfolioId = stableId('port', accountId, region, PORTFOLIO_NAME);
  const portfolio = store.portfolios.get(portfolioId) ?? {
    id: portfolioId,
    accountId,
    region,
    displayName: PORTFOLIO_NAME,
    providerName: SHARED_SERVICES,
    productIds: [],
    sharedWith: ['*'],
    createdAt,
  };
  if (!portfolio.productIds.includes(productId)) {
    store.portfolios.put(portfolioId, {
      ...portfolio,
      productIds: [...portfolio.productIds, productId],
    });
    const constraintId = stableId('cons', portfolioId, productId);
    store.constraints.put(constraintId, {
      id: constraintId,
      accountId,
      portfolioId,
      productId,
      description: `Launched as the role ${launchRoleName}`,
      localRoleName: launchRoleName,
    });
  }
  return product;
}
