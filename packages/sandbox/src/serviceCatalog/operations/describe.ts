import { parseTemplate } from '../../cloudFormation/template/parseTemplate';
import {
  CatalogRecord,
  Portfolio,
  Product,
  ProvisionedProduct,
  TagOption,
} from '../catalog';
import { LaunchPath } from '../CatalogStore';
import { stableId } from '../catalogIds';
import { tagList } from '../../estate/tagList';

/** A product as searches give it. */
export function productView(product: Product) {
  return {
    Id: stableId('prodview', product.id),
    ProductId: product.id,
    Name: product.name,
    Owner: product.owner,
    ShortDescription: product.description,
    Type: 'CLOUD_FORMATION_TEMPLATE',
    Distributor: product.distributor,
    HasDefaultPath: false,
    SupportDescription: product.supportDescription,
    SupportEmail: product.supportEmail,
    SupportUrl: product.supportUrl,
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
    Active: artifact.isActive,
    Guidance: artifact.guidance,
  };
}

export function constraintSummaries({ constraints }: LaunchPath) {
  return constraints.map(({ rule, description }) => ({
    Type: rule.type,
    Description: description,
  }));
}

export function portfolioArn({ accountId, region, id }: Portfolio): string {
  return `arn:aws:catalog:${region}:${accountId}:portfolio/${id}`;
}

export function portfolioDetail(portfolio: Portfolio) {
  return {
    Id: portfolio.id,
    ARN: portfolioArn(portfolio),
    DisplayName: portfolio.displayName,
    Description: portfolio.description,
    CreatedTime: portfolio.createdAt,
    ProviderName: portfolio.providerName,
  };
}

export function tagOptionDetail(option: TagOption) {
  return {
    Key: option.key,
    Value: option.value,
    Active: option.isActive,
    Id: option.id,
    Owner: option.accountId,
  };
}

/** The parameters of a template, as launches and administrators see them. */
export function parameterDetails(templateBody: string) {
  return Object.entries(parseTemplate(templateBody).Parameters).map(
    ([key, parameter]) => ({
      ParameterKey: key,
      DefaultValue: parameter.Default,
      ParameterType: parameter.Type,
      IsNoEcho: parameter.NoEcho ?? false,
      Description: parameter.Description,
      ParameterConstraints: {
        AllowedValues: parameter.AllowedValues ?? [],
        AllowedPattern: parameter.AllowedPattern,
        ConstraintDescription: parameter.ConstraintDescription,
        MinLength: parameter.MinLength?.toString(),
        MaxLength: parameter.MaxLength?.toString(),
        MinValue: parameter.MinValue?.toString(),
        MaxValue: parameter.MaxValue?.toString(),
      },
    }),
  );
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
