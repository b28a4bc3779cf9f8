import type { Collection } from '../../estate/Collection';
import type { OperationContext } from '../OperationHandler';
import { canSee } from '../sharing';
import { notFound, ResourceType } from './errors';

interface Association {
  id: string;
  accountId: string;
  region: string;
  serviceNetworkArn: string;
}

/** Its creator sees an association, and so does whoever has the service network. */
export function seesAssociation(
  { estate, accountId }: OperationContext,
  association: Association,
): boolean {
  const network = estate.serviceNetworks.get(association.serviceNetworkArn);
  return (
    association.accountId === accountId ||
    (network !== undefined && canSee(estate, network, accountId))
  );
}

/**
 * Finds an association with a service network by id or ARN; who sees one may end it.
 *
 * @param isVisible - whether the caller sees it.
 * @throws AwsError ResourceNotFoundException
 */
export function findAssociation<T extends Association>(
  context: OperationContext,
  type: ResourceType,
  collection: Collection<T>,
  identifier: string,
  isVisible: (
    context: OperationContext,
    association: T,
  ) => boolean = seesAssociation,
): T {
  const id = identifier.split('/').at(-1);
  const found = collection.find(
    association =>
      association.id === id &&
      association.region === context.region &&
      isVisible(context, association),
  );
  if (!found) {
    throw notFound(type, identifier);
  }
  return found;
}
