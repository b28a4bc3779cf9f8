import type { ResourceShare } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { invalidParameter, isExternal, ramPage, sharesOf } from './common';

export const shareContentOperations: ServiceOperations = {
  GetResourceShareAssociations(input, context) {
    const { associationType, resourceShareArns, resourceArn, principal } =
      input;
    if (!['PRINCIPAL', 'RESOURCE'].includes(associationType)) {
      throw invalidParameter('associationType must be PRINCIPAL or RESOURCE');
    }
    const associations = sharesOf(context, 'SELF')
      .filter(
        share => !resourceShareArns || resourceShareArns.includes(share.arn),
      )
      .flatMap(share => describeAssociations(context, share))
      .filter(
        association =>
          association.associationType === associationType &&
          (!resourceArn || association.associatedEntity === resourceArn) &&
          (!principal || association.associatedEntity === principal) &&
          (!input.associationStatus ||
            association.status === input.associationStatus),
      );
    const { items, nextToken } = ramPage(
      input,
      associations,
      ({ resourceShareArn, associatedEntity }) =>
        `${resourceShareArn}/${associatedEntity}`,
    );
    return { resourceShareAssociations: items, nextToken };
  },

  ListResources(input, context) {
    const { resourceType, resourceArns, resourceShareArns, principal } = input;
    const resources = sharesOf(context, input.resourceOwner)
      .filter(
        share =>
          share.status === 'ACTIVE' &&
          (!resourceShareArns || resourceShareArns.includes(share.arn)) &&
          (!principal ||
            share.principals.includes(principal) ||
            share.accountId === principal),
      )
      .flatMap(share =>
        share.resourceArns.map(arn => ({
          arn,
          type: typeOf(arn),
          resourceShareArn: share.arn,
          creationTime: share.createdAt,
          lastUpdatedTime: share.lastUpdatedAt,
          resourceRegionScope: 'REGIONAL',
        })),
      )
      .filter(
        ({ arn, type }) =>
          (!resourceType ||
            type.toLowerCase() === resourceType.toLowerCase()) &&
          (!resourceArns || resourceArns.includes(arn)),
      );
    const { items, nextToken } = ramPage(
      input,
      resources,
      ({ arn, resourceShareArn }) => `${arn}/${resourceShareArn}`,
    );
    return { resources: items, nextToken };
  },

  ListPrincipals(input, context) {
    const { resourceArn, resourceShareArns, principals } = input;
    const { accountId } = context;
    const found = sharesOf(context, input.resourceOwner)
      .filter(
        share =>
          share.status === 'ACTIVE' &&
          (!resourceShareArns || resourceShareArns.includes(share.arn)) &&
          (!resourceArn || share.resourceArns.includes(resourceArn)),
      )
      .flatMap(share => {
        // Of others' shares a caller sees the owner, not who else they are for.
        const ids =
          share.accountId === accountId ? share.principals : [share.accountId];
        return ids.map(id => ({
          id,
          resourceShareArn: share.arn,
          creationTime: share.createdAt,
          lastUpdatedTime: share.lastUpdatedAt,
          external: isExternal(context, id),
        }));
      })
      .filter(({ id }) => !principals || principals.includes(id));
    const { items, nextToken } = ramPage(
      input,
      found,
      ({ id, resourceShareArn }) => `${id}/${resourceShareArn}`,
    );
    return { principals: items, nextToken };
  },
};

/** What a share holds, and for whom. */
export function describeAssociations(
  context: OperationContext,
  share: ResourceShare,
) {
  const common = {
    resourceShareArn: share.arn,
    resourceShareName: share.name,
    status: share.status === 'ACTIVE' ? 'ASSOCIATED' : 'DISASSOCIATED',
    creationTime: share.createdAt,
    lastUpdatedTime: share.lastUpdatedAt,
  };
  return [
    ...share.resourceArns.map(associatedEntity => ({
      ...common,
      associatedEntity,
      associationType: 'RESOURCE',
      external: false,
    })),
    ...share.principals.map(associatedEntity => ({
      ...common,
      associatedEntity,
      associationType: 'PRINCIPAL',
      external: isExternal(context, associatedEntity),
    })),
  ];
}

/** RAM's names of the types that VPC Lattice shares. */
function typeOf(arn: string): string {
  return arn.includes(':servicenetwork/')
    ? 'vpc-lattice:ServiceNetwork'
    : 'vpc-lattice:Service';
}
