import {
  DescribeProvisionedProductCommand,
  GetProvisionedProductOutputsCommand,
  SearchProvisionedProductsCommand,
  type ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { toError } from '@backstage/errors';
import { originOf, type ProductOrigin } from './productTags';

/** A provisioned product that is there already. */
export interface ProvisionedProduct {
  id: string;
  name: string;
  /** Such as `AVAILABLE`, `TAINTED`, `ERROR`, `UNDER_CHANGE`, `PLAN_IN_PROGRESS`. */
  status: string;
  /** Milliseconds since the epoch: when it was begun to be made. */
  createdAt?: number;
  statusMessage?: string;
  productId: string;
  /** The version it was made or last changed with. */
  artifactId: string;
  /** Token it was launched with. */
  token?: string;
  /** The last record that made or changed it. */
  lastRecordId?: string;
  /** Absent: its tags could not be found (yet). */
  origin?: ProductOrigin;
  /** Empty, too, where it has none as it never was made whole. */
  outputs: Record<string, string>;
}

/** Finds a provisioned product of the account and region by name or id; undefined when there is none. */
export async function findProvisionedProduct(options: {
  serviceCatalog: ServiceCatalogClient;
  product: { id: string } | { name: string };
}): Promise<ProvisionedProduct | undefined> {
  const { serviceCatalog, product } = options;
  let detail;
  try {
    ({ ProvisionedProductDetail: detail } = await serviceCatalog.send(
      new DescribeProvisionedProductCommand(
        'id' in product ? { Id: product.id } : { Name: product.name },
      ),
    ));
  } catch (error) {
    if (toError(error).name === 'ResourceNotFoundException') {
      return undefined;
    }
    throw error;
  }
  const id = detail?.Id ?? '';
  const [origin, outputs] = await Promise.all([
    findOrigin(serviceCatalog, id),
    readOutputs(serviceCatalog, id),
  ]);
  return {
    id,
    name: detail?.Name ?? '',
    status: detail?.Status ?? 'unknown',
    createdAt: detail?.CreatedTime?.getTime(),
    statusMessage: detail?.StatusMessage,
    productId: detail?.ProductId ?? '',
    artifactId: detail?.ProvisioningArtifactId ?? '',
    token: detail?.IdempotencyToken,
    lastRecordId: detail?.LastProvisioningRecordId ?? detail?.LastRecordId,
    origin,
    outputs,
  };
}

/** Tags stand in search results only. */
async function findOrigin(
  serviceCatalog: ServiceCatalogClient,
  id: string,
): Promise<ProductOrigin | undefined> {
  const { ProvisionedProducts: found = [] } = await serviceCatalog.send(
    new SearchProvisionedProductsCommand({
      // Everyone's, as another session of the provisioner role may have launched it.
      AccessLevelFilter: { Key: 'Account', Value: 'self' },
      Filters: { SearchQuery: [`id:${id}`] },
    }),
  );
  const product = found.find(candidate => candidate.Id === id);
  return product && originOf(product.Tags ?? []);
}

async function readOutputs(
  serviceCatalog: ServiceCatalogClient,
  id: string,
): Promise<Record<string, string>> {
  const outputs: Record<string, string> = {};
  let pageToken: string | undefined;
  try {
    do {
      const page = await serviceCatalog.send(
        new GetProvisionedProductOutputsCommand({
          ProvisionedProductId: id,
          PageToken: pageToken,
        }),
      );
      for (const { OutputKey, OutputValue } of page.Outputs ?? []) {
        if (OutputKey !== undefined && OutputValue !== undefined) {
          outputs[OutputKey] = OutputValue;
        }
      }
      pageToken = page.NextPageToken;
    } while (pageToken);
  } catch (error) {
    // What was never made whole has no outputs, which AWS calls an error.
    if (
      !['InvalidParametersException', 'ResourceNotFoundException'].includes(
        toError(error).name,
      )
    ) {
      throw error;
    }
  }
  return outputs;
}
