import {
  CreateProductCommand,
  CreateProvisioningArtifactCommand,
  ListProvisioningArtifactsCommand,
  UpdateProductCommand,
  UpdateProvisioningArtifactCommand,
  paginateSearchProductsAsAdmin,
} from '@aws-sdk/client-service-catalog';
import { Product } from '../descriptor/Product';
import { PublishContext } from './PublishContext';
import {
  PublishedVersion,
  chooseVersion,
  versionDescription,
} from './chooseVersion';
import { uploadTemplate } from './uploadTemplate';

/**
 * Makes a product, or a new version of it when its template changed, and offers exactly the version
 * that its `product.yaml` names: all others are deprecated. So going back to an earlier version there
 * is a rollback here.
 *
 * @returns its id; `undefined` when a dry run would make it.
 * @throws ConflictError when the template changed, but not the version.
 */
export async function ensureProduct(
  context: PublishContext,
  product: Product,
): Promise<string | undefined> {
  const { clients, settings, changes } = context;
  const { serviceCatalog } = clients;
  const { name, version, description } = product;
  const existing = await findProduct(context, name);
  if (!existing) {
    const created = await changes.change(
      `create product ${name} ${version}`,
      async () =>
        serviceCatalog.send(
          new CreateProductCommand({
            Name: name,
            Owner: settings.provider,
            Description: description,
            ProductType: 'CLOUD_FORMATION_TEMPLATE',
            ProvisioningArtifactParameters: await artifactProperties(
              context,
              product,
              version,
            ),
          }),
        ),
    );
    return created?.ProductViewDetail?.ProductViewSummary?.ProductId;
  }
  if (
    existing.description !== description ||
    existing.owner !== settings.provider
  ) {
    await changes.change(`update the description of product ${name}`, () =>
      serviceCatalog.send(
        new UpdateProductCommand({
          Id: existing.id,
          Description: description,
          Owner: settings.provider,
        }),
      ),
    );
  }
  await ensureVersion(context, product, existing.id);
  return existing.id;
}

async function artifactProperties(
  context: PublishContext,
  product: Product,
  name: string,
) {
  return {
    Name: name,
    Description: versionDescription(product),
    Type: 'CLOUD_FORMATION_TEMPLATE' as const,
    Info: { LoadTemplateFromURL: await uploadTemplate(context, product) },
  };
}

async function ensureVersion(
  context: PublishContext,
  product: Product,
  productId: string,
): Promise<void> {
  const { clients, changes, snapshot } = context;
  const published = await listVersions(context, productId);
  const choice = chooseVersion({ product, published, snapshot });
  if ('newName' in choice) {
    await changes.change(
      `publish version ${choice.newName} of ${product.name}`,
      async () =>
        clients.serviceCatalog.send(
          new CreateProvisioningArtifactCommand({
            ProductId: productId,
            Parameters: await artifactProperties(
              context,
              product,
              choice.newName,
            ),
          }),
        ),
    );
  } else if (!choice.existing.isActive || choice.existing.isDeprecated) {
    await updateVersion(context, product, productId, {
      version: choice.existing,
      verb: 'offer',
      guidance: 'DEFAULT',
    });
  }
  for (const version of published) {
    const isOffered = 'existing' in choice && version === choice.existing;
    if (!isOffered && !version.isDeprecated) {
      await updateVersion(context, product, productId, {
        version,
        verb: 'deprecate',
        guidance: 'DEPRECATED',
      });
    }
  }
}

async function updateVersion(
  { clients, changes }: PublishContext,
  { name }: Product,
  productId: string,
  options: {
    version: PublishedVersion;
    verb: string;
    guidance: 'DEFAULT' | 'DEPRECATED';
  },
): Promise<void> {
  const { version, verb, guidance } = options;
  await changes.change(`${verb} version ${version.name} of ${name}`, () =>
    clients.serviceCatalog.send(
      new UpdateProvisioningArtifactCommand({
        ProductId: productId,
        ProvisioningArtifactId: version.id,
        Guidance: guidance,
        // What is deprecated stays as it is: active, what was made from it can be changed.
        Active: guidance === 'DEFAULT' ? true : undefined,
      }),
    ),
  );
}

async function findProduct(
  { clients }: PublishContext,
  name: string,
): Promise<
  | { id: string; description: string | undefined; owner: string | undefined }
  | undefined
> {
  for await (const { ProductViewDetails = [] } of paginateSearchProductsAsAdmin(
    { client: clients.serviceCatalog },
    // A full-text search: it finds names that merely resemble this one as well.
    { Filters: { FullTextSearch: [name] } },
  )) {
    for (const { ProductViewSummary } of ProductViewDetails) {
      if (ProductViewSummary?.Name === name && ProductViewSummary.ProductId) {
        const { ProductId, ShortDescription, Owner } = ProductViewSummary;
        return { id: ProductId, description: ShortDescription, owner: Owner };
      }
    }
  }
  return undefined;
}

async function listVersions(
  { clients }: PublishContext,
  productId: string,
): Promise<PublishedVersion[]> {
  const { ProvisioningArtifactDetails = [] } =
    await clients.serviceCatalog.send(
      new ListProvisioningArtifactsCommand({ ProductId: productId }),
    );
  return ProvisioningArtifactDetails.map(artifact => ({
    id: artifact.Id!,
    name: artifact.Name ?? '',
    description: artifact.Description ?? '',
    isActive: artifact.Active ?? false,
    isDeprecated: artifact.Guidance === 'DEPRECATED',
  }));
}
