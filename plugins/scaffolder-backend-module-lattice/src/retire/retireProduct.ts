import { ConflictError } from '@backstage/errors';
import { toOwnerRef } from '@lattice-portal/plugin-lattice-common';
import { consoleSentence } from '../serviceCatalog/consoleLinks';
import {
  findProvisionedProduct,
  type ProvisionedProduct,
} from '../serviceCatalog/findProvisionedProduct';
import type { ProductProvisioner } from '../serviceCatalog/ProductProvisioner';
import { explainFailure } from '../serviceCatalog/rollBackProduct';
import type { Retirement } from './Retirement';
import { plannedStep, type RetireStep } from './RetireStep';

/** Which product something was made by. */
export interface ProductName {
  /** Name of the provisioned product. */
  productName: string;
  /** 12 digits. */
  accountId: string;
}

/**
 * Finds the product that something was made by.
 *
 * @throws ConflictError when it was made for somebody else, and the user may not act for everybody
 */
export async function findProductOf(
  options: Pick<Retirement, 'clients' | 'anyOwner'> & {
    productName: string;
    owner: string;
  },
): Promise<ProvisionedProduct | undefined> {
  const { clients, anyOwner, productName, owner } = options;
  const product = await findProvisionedProduct({
    ...clients,
    product: { name: productName },
  });
  if (product && !anyOwner) {
    checkSameOwner({ product, owner });
  }
  return product;
}

/** What would become of a product. */
export function plannedProduct(
  options: ProductName & {
    product: Pick<ProvisionedProduct, 'id' | 'name'> | undefined;
  },
): RetireStep {
  const { product, accountId } = options;
  return plannedStep(
    'product',
    product &&
      `To remove: provisioned product ${product.name} (${product.id}) of account ${accountId} with all it made`,
    noProduct(options).message,
  );
}

/** That there is no such product. */
export function noProduct({ accountId, productName }: ProductName): RetireStep {
  return {
    what: 'product',
    result: 'nothing',
    message: `Account ${accountId} has no provisioned product ${productName}`,
  };
}

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
