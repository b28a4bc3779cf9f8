import type { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { InputError } from '@backstage/errors';
import { checkParameters } from './checkParameters';
import { findProductOffer } from './findProductOffer';
import { type ParameterInput, toParameterValues } from './parameterValues';
import type { ProductOffer } from './ProductOffer';

/**
 * Everything that can be checked before something is made: the product is offered, and takes these parameters.
 *
 * @throws NotFoundError when the product isn't offered to the account
 * @throws InputError naming every parameter that is unknown, missing or not allowed
 */
export async function prepareLaunch(options: {
  serviceCatalog: ServiceCatalogClient;
  productName: string;
  launchPathName?: string;
  parameters: Record<string, ParameterInput>;
}): Promise<{ offer: ProductOffer; values: Record<string, string> }> {
  const offer = await findProductOffer(options);
  const values = toParameterValues(options.parameters);
  const problems = checkParameters({ offered: offer.parameters, values });
  if (problems.length) {
    throw new InputError(
      `Product ${offer.productName} can't be launched so. ${problems.join(
        '. ',
      )}`,
    );
  }
  return { offer, values };
}
