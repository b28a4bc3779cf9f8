import type { ProvisioningPlace } from './ProvisioningClients';

/**
 * Name of the stack that Service Catalog makes for a provisioned product.
 *
 * @see https://docs.aws.amazon.com/servicecatalog/latest/userguide/enduser-viewstack.html
 */
export function stackNameOf(
  { accountId }: Pick<ProvisioningPlace, 'accountId'>,
  provisionedProductId: string,
): string {
  return `SC-${accountId}-${provisionedProductId}`;
}
