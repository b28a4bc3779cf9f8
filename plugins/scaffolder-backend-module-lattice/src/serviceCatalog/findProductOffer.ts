import {
  DescribeProductCommand,
  DescribeProvisioningParametersCommand,
  ListLaunchPathsCommand,
  type ProvisioningArtifact,
  SearchProductsCommand,
  type ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { InputError, NotFoundError } from '@backstage/errors';
import type { ProductOffer } from './ProductOffer';

interface FindProductOfferOptions {
  serviceCatalog: ServiceCatalogClient;
  productName: string;
  /** Needed where the product comes to the account through several portfolios. */
  launchPathName?: string;
}

/**
 * Finds a product by its name, its newest version and the way to launch it.
 *
 * @throws NotFoundError when the product isn't offered to the account
 * @throws InputError when it is offered along several paths and none was chosen
 */
export async function findProductOffer(
  options: FindProductOfferOptions,
): Promise<ProductOffer> {
  const { serviceCatalog, productName } = options;
  const productId = await findProductId(options);
  const product = await serviceCatalog.send(
    new DescribeProductCommand({ Id: productId }),
  );
  const artifact = newestArtifact(product.ProvisioningArtifacts ?? []);
  if (!artifact?.Id) {
    throw new NotFoundError(
      `Product ${productName} (${productId}) has no version that can be launched`,
    );
  }
  const pathId = await findPathId({ ...options, productId });
  const described = await serviceCatalog.send(
    new DescribeProvisioningParametersCommand({
      ProductId: productId,
      ProvisioningArtifactId: artifact.Id,
      PathId: pathId,
    }),
  );
  return {
    productId,
    productName,
    artifactId: artifact.Id,
    artifactName: artifact.Name ?? artifact.Id,
    pathId,
    parameters: described.ProvisioningArtifactParameters ?? [],
  };
}

async function findProductId(
  options: FindProductOfferOptions,
): Promise<string> {
  const { serviceCatalog, productName } = options;
  let pageToken: string | undefined;
  do {
    const page = await serviceCatalog.send(
      new SearchProductsCommand({
        Filters: { FullTextSearch: [productName] },
        PageToken: pageToken,
      }),
    );
    // The search is a full-text one: it finds names that merely resemble this one as well.
    const match = page.ProductViewSummaries?.find(
      product => product.Name === productName,
    );
    if (match?.ProductId) {
      return match.ProductId;
    }
    pageToken = page.NextPageToken;
  } while (pageToken);
  throw new NotFoundError(
    `No Service Catalog product '${productName}' is offered to this account. Share its portfolio with the account and give the portal's provisioner role access to it.`,
  );
}

async function findPathId(
  options: FindProductOfferOptions & { productId: string },
): Promise<string> {
  const { serviceCatalog, productId, productName, launchPathName } = options;
  const { LaunchPathSummaries: paths = [] } = await serviceCatalog.send(
    new ListLaunchPathsCommand({ ProductId: productId }),
  );
  const usable = launchPathName
    ? paths.filter(path => path.Name === launchPathName)
    : paths;
  if (usable.length === 1 && usable[0].Id) {
    return usable[0].Id;
  }
  const names = paths.map(path => path.Name ?? path.Id).join(', ');
  if (usable.length === 0) {
    throw new NotFoundError(
      `Product ${productName} has no launch path${
        launchPathName ? ` '${launchPathName}'` : ''
      } in this account${names ? `; there are: ${names}` : ''}`,
    );
  }
  throw new InputError(
    `Product ${productName} comes to this account through several portfolios. Set 'launchPathName' to one of: ${names}`,
  );
}

/** The newest version that isn't marked as deprecated. End users only see active ones. */
export function newestArtifact(
  artifacts: ProvisioningArtifact[],
): ProvisioningArtifact | undefined {
  const [newest] = artifacts
    .filter(artifact => artifact.Guidance !== 'DEPRECATED')
    .sort(
      (a, b) =>
        (b.CreatedTime?.getTime() ?? 0) - (a.CreatedTime?.getTime() ?? 0),
    );
  return newest;
}
