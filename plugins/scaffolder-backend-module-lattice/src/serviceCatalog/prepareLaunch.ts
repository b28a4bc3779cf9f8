import type { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { InputError } from '@backstage/errors';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type {
  AuthPolicyStore,
  AwsAccess,
} from '@lattice-portal/plugin-lattice-node';
import { checkLaunch } from '../checks/checkLaunch';
import {
  toLaunchRequest,
  type VpcAssociationNeed,
} from '../checks/LaunchRequest';
import { readLaunchFacts } from '../checks/readLaunchFacts';
import { controlledServices } from '../clusters/ControlledService';
import { isOwnService, leavesServiceToCluster } from '../clusters/isOwnService';
import { planPolicy, type PolicyPlan } from '../policies/planPolicy';
import { checkMayUpdate } from './checkMayUpdate';
import { checkParameters } from './checkParameters';
import { failureMessage } from './failureMessage';
import { findProductOffer } from './findProductOffer';
import {
  findProvisionedProduct,
  type ProvisionedProduct,
} from './findProvisionedProduct';
import { type ParameterInput, toParameterValues } from './parameterValues';
import type { ProductOffer } from './ProductOffer';
import type { ProductOrigin } from './productTags';
import type { ProvisioningPlace } from './ProvisioningClients';
import { stackNameOf } from './stackNameOf';

/** A launch that nothing is known to speak against. */
export interface PreparedLaunch {
  offer: ProductOffer;
  values: Record<string, string>;
  origin: ProductOrigin;
  /** The product of that name, if it is to be changed. */
  existing?: ProvisionedProduct;
  /** What becomes of the product's auth policy, if it has one that is there. */
  policy?: PolicyPlan;
  /** Whether this very run launched what is there: it was restarted. */
  isOwnLaunch: boolean;
  /** What could not be checked, and why. */
  unchecked: string[];
}

/** Delivery by Git may be faster than the product: then the service is there already. */
async function findServiceOfCluster(options: {
  aws: AwsAccess;
  place: ProvisioningPlace;
  values: Record<string, string>;
}): Promise<string | undefined> {
  const { aws, place, values } = options;
  if (!leavesServiceToCluster(values)) {
    return undefined;
  }
  const client = aws.client({
    type: VPCLatticeClient,
    ...place,
    role: 'reader',
  });
  const found = await controlledServices({
    client,
    accountId: place.accountId,
  }).find(values.ServiceName);
  return found && isOwnService(found, values) ? found.arn : undefined;
}

/**
 * Everything that can be checked before something is made: the product is offered, takes these parameters, and
 * nothing in AWS stands in its way.
 *
 * @throws NotFoundError when the product isn't offered to the account
 * @throws ConflictError when there is a product of that name that this template must not change
 * @throws InputError naming everything that is wrong
 * @throws as {@link planPolicy}
 */
export async function prepareLaunch(options: {
  aws: AwsAccess;
  serviceCatalog: ServiceCatalogClient;
  cloudFormation: CloudFormationClient;
  policies: Pick<AuthPolicyStore, 'get'>;
  place: ProvisioningPlace;
  productName: string;
  launchPathName?: string;
  provisionedProductName: string;
  parameters: Record<string, ParameterInput>;
  vpcAssociation?: VpcAssociationNeed;
  vpcId?: string;
  serviceNetworkArns?: string[];
  /** Entity reference of the template that runs. */
  template?: string;
  /** Whether a token is one of this run's. */
  isOwnToken: (token: string) => boolean;
}): Promise<PreparedLaunch> {
  const { serviceCatalog, place, provisionedProductName: name } = options;
  const [offer, existing] = await Promise.all([
    findProductOffer(options),
    findProvisionedProduct({ serviceCatalog, product: { name } }),
  ]);
  const values = toParameterValues(options.parameters);
  const origin = { template: options.template, owner: values.Owner };
  const what = { offer, values, origin, existing };
  if (existing?.token && options.isOwnToken(existing.token)) {
    return { ...what, isOwnLaunch: true, unchecked: [] };
  }
  if (existing) {
    const { productId } = offer;
    checkMayUpdate({ product: existing, origin, productId, ...place });
  }
  const wrong = checkParameters({ offered: offer.parameters, values });
  if (wrong.length) {
    throw new InputError(
      failureMessage(
        `Product ${offer.productName} can't be launched so.`,
        wrong,
      ),
    );
  }
  const request = toLaunchRequest({
    ...place,
    values,
    vpcAssociation: options.vpcAssociation,
    vpcId: options.vpcId,
    reachedNetworkArns: options.serviceNetworkArns,
    ownVpcAssociationArn: existing?.outputs.AssociationArn,
    ownServiceArn:
      existing?.outputs.ServiceArn ??
      (await findServiceOfCluster({ ...options, values })),
  });
  const facts = await readLaunchFacts({ aws: options.aws, request });
  const { refusals, unchecked } = checkLaunch(request, facts);
  if (refusals.length) {
    throw new InputError(
      failureMessage(
        `${name} can't be ${existing ? 'changed' : 'made'} so in account ${
          place.accountId
        }.`,
        refusals,
      ),
    );
  }
  const policy =
    existing &&
    (await planPolicy({
      ...options,
      stackName: stackNameOf(place, existing.id),
      outputs: existing.outputs,
      offered: offer.parameters,
      values,
    }));
  return {
    ...what,
    values: { ...values, ...policy?.values },
    policy,
    isOwnLaunch: false,
    unchecked,
  };
}
