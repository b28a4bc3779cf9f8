import type { Caller } from '../cloudFormation/engine/Caller';
import { productTemplate } from '../cloudFormation/operations/readTemplate';
import { sessionOf } from '../cloudFormation/operations/sessionOf';
import { CatalogStore } from './CatalogStore';
import { CatalogRecord } from './catalog';
import { tagList } from '../estate/tagList';

/** What a stack of a provisioned product is to be. */
export type StackOrder = Pick<
  CatalogRecord,
  | 'accountId'
  | 'region'
  | 'provisionedProductId'
  | 'productId'
  | 'artifactId'
  | 'launchRoleArn'
  | 'principalArn'
  | 'parameters'
  | 'tags'
>;

/** The name of the stack of a provisioned product. */
export function stackName(order: StackOrder): string {
  return `SC-${order.accountId}-${order.provisionedProductId}`;
}

/** As whom CloudFormation is called: the launch role, or the principal without one. */
export function callerOf(order: StackOrder): Caller {
  const { accountId, region, launchRoleArn, principalArn } = order;
  return {
    accountId,
    region,
    principalArn: launchRoleArn
      ? sessionOf(launchRoleArn, 'servicecatalog')
      : principalArn,
  };
}

/** Template, parameters and tags, as `CreateStack`, `UpdateStack` and `CreateChangeSet` take them. */
export function stackDefinition(store: CatalogStore, order: StackOrder) {
  const { accountId, region, productId, artifactId, parameters, tags } = order;
  const provisioned = store.provisionedProducts.get(
    order.provisionedProductId,
  )!;
  const artifact = store.products
    .get(productId)
    ?.artifacts.find(({ id }) => id === artifactId);
  return {
    [productTemplate]: artifact?.templateBody,
    Parameters: Object.entries(parameters).map(
      ([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }),
    ),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Tags: tagList({
      ...tags,
      'aws:servicecatalog:productArn': `arn:aws:catalog:${region}:${accountId}:product/${productId}`,
      'aws:servicecatalog:provisioningArtifactIdentifier': artifactId,
      'aws:servicecatalog:provisioningPrincipalArn': provisioned.principalArn,
      'aws:servicecatalog:provisionedProductArn': provisioned.arn,
    }),
  };
}

/** {@link stackDefinition} with the token by which a restart finds what was already begun. */
export function stackRequest(store: CatalogStore, record: CatalogRecord) {
  return {
    ...stackDefinition(store, record),
    ClientRequestToken: record.id,
  };
}
