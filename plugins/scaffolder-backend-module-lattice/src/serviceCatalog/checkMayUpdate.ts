import { ConflictError } from '@backstage/errors';
import type { ProvisionedProduct } from './findProvisionedProduct';
import type { ProductOrigin } from './productTags';

/**
 * A product is changed only by the template that made it, for the owner it was made for, and while it is at rest.
 *
 * @throws ConflictError saying what to do instead
 */
export function checkMayUpdate(options: {
  product: ProvisionedProduct;
  origin: ProductOrigin;
  /** Of the product that is to be launched. */
  productId: string;
  accountId: string;
}): void {
  const { product, origin, productId, accountId } = options;
  const { name, status } = product;
  const there = `Account ${accountId} has a provisioned product '${name}' already`;
  if (!product.origin) {
    throw new ConflictError(
      `${there}, and its tags can't be read yet, so it is unknown what made it. Try again in a minute, or choose another name.`,
    );
  }
  const { template, owner } = product.origin;
  if (template === undefined || template !== origin.template) {
    throw new ConflictError(
      `${there}, made by ${
        template ?? 'something other than a template of this portal'
      }. Choose another name.`,
    );
  }
  if (owner !== origin.owner) {
    throw new ConflictError(
      `${there}, and it belongs to ${
        owner ?? 'nobody'
      }. Choose another name, or run the template with that owner.`,
    );
  }
  if (product.productId !== productId) {
    throw new ConflictError(
      `${there}, of another product (${product.productId}). Choose another name.`,
    );
  }
  if (status !== 'AVAILABLE' && status !== 'TAINTED') {
    throw new ConflictError(
      `${there}, and it is ${status}. ${whatToDo(status)}`,
    );
  }
}

/** https://docs.aws.amazon.com/servicecatalog/latest/dg/API_ProvisionedProductDetail.html */
function whatToDo(status: string): string {
  switch (status) {
    case 'UNDER_CHANGE':
      return 'Wait until that change is over, then run the template again.';
    case 'PLAN_IN_PROGRESS':
      return 'Execute or delete its plan in AWS Service Catalog, then run the template again.';
    default:
      return 'It can only be removed: retire it, or terminate it in AWS Service Catalog, then run the template again.';
  }
}
