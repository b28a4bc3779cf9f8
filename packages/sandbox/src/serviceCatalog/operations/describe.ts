import { CatalogRecord, Product, ProvisionedProduct } from '../catalog';
import { LaunchPath } from '../CatalogStore';
import { stableId } from '../catalogIds';

/** A product as searches give it. */
export function productView(product: Product) {
  return {
    Id: stableId('prodview', product.id),
    ProductId: product.id,
    Name: product.name,
    Owner: product.owner,
    ShortDescription: product.description,
    Type: 'CLOUD_FORMATION_TEMPLATE',
    Distributor: product.owner,
    HasDefaultPath: false,
  };
}

/** A product as administrators see it. */
export function productDetail(product: Product) {
  return {
    ProductViewSummary: productView(product),
    Status: 'AVAILABLE',
    ProductARN: productArn(product),
    CreatedTime: product.createdAt,
  };
}

export function productArn({ accountId, region, id }: Product): string {
  return `arn:aws:catalog:${region}:${accountId}:product/${id}`;
}

/** A version as `DescribeProduct` and `ListProvisioningArtifacts` give it. */
export function artifactDetail(artifact: Product['artifacts'][number]) {
  return {
    Id: artifact.id,
    Name: artifact.name,
    Description: artifact.description,
    Type: 'CLOUD_FORMATION_TEMPLATE',
    CreatedTime: artifact.createdAt,
    Active: true,
    Guidance: 'DEFAULT',
  };
}

export function constraintSummaries({ constraint }: LaunchPath) {
  return constraint
    ? [{ Type: 'LAUNCH', Description: constraint.description }]
    : [];
}

/** A record as every operation on provisioned products gives it. */
export function recordDetail(record: CatalogRecord) {
  return {
    RecordId: record.id,
    ProvisionedProductName: record.provisionedProductName,
    Status: record.status,
    CreatedTime: record.createdAt,
    UpdatedTime: record.updatedAt,
    ProvisionedProductType: 'CFN_STACK',
    RecordType: record.type,
    ProvisionedProductId: record.provisionedProductId,
    ProductId: record.productId,
    ProvisioningArtifactId: record.artifactId,
    PathId: record.pathId,
    RecordErrors: record.errors.map(({ code, description }) => ({
      Code: code,
      Description: description,
    })),
    RecordTags: tagList(record.tags),
    LaunchRoleArn: record.launchRoleArn,
  };
}

export function recordOutputs(outputs: CatalogRecord['outputs']) {
  return outputs.map(({ key, value, description }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description,
  }));
}

export function provisionedProductDetail(provisioned: ProvisionedProduct) {
  return {
    Name: provisioned.name,
    Arn: provisioned.arn,
    Type: 'CFN_STACK',
    Id: provisioned.id,
    Status: provisioned.status,
    StatusMessage: provisioned.statusMessage,
    CreatedTime: provisioned.createdAt,
    IdempotencyToken: provisioned.token,
    LastRecordId: provisioned.lastRecordId,
    LastProvisioningRecordId: provisioned.lastProvisioningRecordId,
    LastSuccessfulProvisioningRecordId:
      provisioned.lastSuccessfulProvisioningRecordId,
    ProductId: provisioned.productId,
    ProvisioningArtifactId: provisioned.artifactId,
    LaunchRoleArn: provisioned.launchRoleArn,
  };
}

/** A provisioned product as `SearchProvisionedProducts` gives it. */
export function provisionedProductAttribute(provisioned: ProvisionedProduct) {
  const { LaunchRoleArn, ...detail } = provisionedProductDetail(provisioned);
  return {
    ...detail,
    Tags: tagList(provisioned.tags),
    PhysicalId: provisioned.stackId,
    ProductName: provisioned.productName,
    ProvisioningArtifactName: provisioned.artifactName,
    UserArn: provisioned.principalArn,
    UserArnSession: provisioned.principalArn,
  };
}

export function tagList(tags: Record<string, string>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
