import { ConflictError } from '@backstage/errors';
import { toOwnerRef } from '@lattice-portal/plugin-lattice-common';
import { consoleSentence } from '../serviceCatalog/consoleLinks';
import type { ProvisionedProduct } from '../serviceCatalog/findProvisionedProduct';
import type { ProductProvisioner } from '../serviceCatalog/ProductProvisioner';
import { explainFailure } from '../serviceCatalog/rollBackProduct';
import type { RetireStep } from './RetireStep';

/**
 * The entity of a component says whose it is, and the tags of a product say whose that is: a component that was
 * registered under the name of somebody else's product gives no right to it.
 *
 * @throws ConflictError when the product was made for somebody else
 */
export function checkSameOwner(options: {
  product: ProvisionedProduct;
  owner: string;
}): void {
  const { product, owner } = options;
  const productOwner = toOwnerRef(product.origin?.owner);
  if (productOwner !== toOwnerRef(owner)) {
    throw new ConflictError(
      `Provisioned product ${product.name} was made for ${
        productOwner ?? 'nobody the portal knows of'
      }, and the component is of ${owner}. Only a platform group can retire it.`,
    );
  }
}

/**
 * Removes a product and all it made.
 *
 * @throws an error that says what could not be removed and why
 */
export async function retireProduct(options: {
  provisioner: ProductProvisioner;
  product: Pick<ProvisionedProduct, 'id' | 'name'>;
  token: string;
  /** What it is to the service. Default: the service's own. */
  what?: 'calls' | 'product';
}): Promise<RetireStep> {
  const { provisioner, product, token, what = 'product' } = options;
  const { accountId } = provisioner.place;
  const result = await provisioner.remove({
    product: { id: product.id },
    token,
  });
  if (result && !result.succeeded) {
    throw new Error(
      [
        `${
          product.name
        } could not be removed from account ${accountId}: ${explainFailure({
          result,
          events: result.events,
        })}. Mend that, then retire it again.`,
        ...consoleSentence(result.events.stackArn),
      ].join(' '),
    );
  }
  return {
    what,
    result: 'done',
    message: `${product.name} is removed from account ${accountId}`,
  };
}
