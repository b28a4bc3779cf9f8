import { randomUUID } from 'crypto';
import type { ResourceShare } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import {
  findOwnShare,
  invalidParameter,
  isExternal,
  ramPage,
  sharesOf,
} from './common';
import { describeAssociations } from './shareContents';

export const resourceShareOperations: ServiceOperations = {
  CreateResourceShare(input, context) {
    const { name, allowExternalPrincipals = true, tags = [] } = input;
    const { resourceArns = [], principals = [] } = input;
    const { estate, accountId, region } = context;
    checkContents(context, { resourceArns, principals });
    checkExternal(context, allowExternalPrincipals, principals);
    const time = new Date(context.now()).toISOString();
    const arn = `arn:aws:ram:${region}:${accountId}:resource-share/${randomUUID()}`;
    const share = estate.resourceShares.put(arn, {
      accountId,
      region,
      arn,
      name,
      status: 'ACTIVE',
      allowExternalPrincipals,
      resourceArns,
      principals,
      tags: Object.fromEntries(
        tags.map((tag: any) => [tag.key, tag.value ?? '']),
      ),
      createdAt: time,
      lastUpdatedAt: time,
    });
    return { resourceShare: describe(share), clientToken: input.clientToken };
  },

  GetResourceShares(input, context) {
    const { resourceShareArns, name, resourceShareStatus } = input;
    const shares = sharesOf(context, input.resourceOwner).filter(
      share =>
        (!resourceShareArns || resourceShareArns.includes(share.arn)) &&
        (!name || share.name === name) &&
        (!resourceShareStatus || share.status === resourceShareStatus) &&
        (input.tagFilters ?? []).every(
          ({ tagKey, tagValues }: any) =>
            share.tags[tagKey] !== undefined &&
            (!tagValues?.length || tagValues.includes(share.tags[tagKey])),
        ),
    );
    const { items, nextToken } = ramPage(input, shares, share => share.arn);
    return { resourceShares: items.map(describe), nextToken };
  },

  UpdateResourceShare(input, context) {
    const share = findOwnShare(context, input.resourceShareArn);
    const updated = context.estate.resourceShares.put(share.arn, {
      ...share,
      name: input.name ?? share.name,
      allowExternalPrincipals:
        input.allowExternalPrincipals ?? share.allowExternalPrincipals,
      lastUpdatedAt: new Date(context.now()).toISOString(),
    });
    return { resourceShare: describe(updated) };
  },

  DeleteResourceShare(input, context) {
    const share = findOwnShare(context, input.resourceShareArn);
    // Associations made through the share stay, as in AWS.
    context.estate.resourceShares.put(share.arn, {
      ...share,
      status: 'DELETED',
      lastUpdatedAt: new Date(context.now()).toISOString(),
    });
    return { returnValue: true };
  },

  AssociateResourceShare(input, context) {
    const { resourceArns = [], principals = [] } = input;
    const share = findOwnShare(context, input.resourceShareArn);
    checkContents(context, { resourceArns, principals });
    checkExternal(context, share.allowExternalPrincipals, principals);
    const updated = context.estate.resourceShares.put(share.arn, {
      ...share,
      resourceArns: [...new Set([...share.resourceArns, ...resourceArns])],
      principals: [...new Set([...share.principals, ...principals])],
      lastUpdatedAt: new Date(context.now()).toISOString(),
    });
    return {
      resourceShareAssociations: changed(context, updated, input, 'ASSOCIATED'),
    };
  },

  DisassociateResourceShare(input, context) {
    const { resourceArns = [], principals = [] } = input;
    const share = findOwnShare(context, input.resourceShareArn);
    context.estate.resourceShares.put(share.arn, {
      ...share,
      resourceArns: share.resourceArns.filter(
        arn => !resourceArns.includes(arn),
      ),
      principals: share.principals.filter(
        principal => !principals.includes(principal),
      ),
      lastUpdatedAt: new Date(context.now()).toISOString(),
    });
    return {
      resourceShareAssociations: changed(
        context,
        share,
        input,
        'DISASSOCIATED',
      ),
    };
  },

  TagResource(input, context) {
    const share = findOwnShare(
      context,
      input.resourceShareArn ?? input.resourceArn,
    );
    const tags = { ...share.tags };
    for (const { key, value } of input.tags) {
      tags[key] = value ?? '';
    }
    context.estate.resourceShares.put(share.arn, { ...share, tags });
  },

  UntagResource(input, context) {
    const share = findOwnShare(
      context,
      input.resourceShareArn ?? input.resourceArn,
    );
    const tags = Object.fromEntries(
      Object.entries(share.tags).filter(
        ([key]) => !input.tagKeys.includes(key),
      ),
    );
    context.estate.resourceShares.put(share.arn, { ...share, tags });
  },
};

function changed(
  context: OperationContext,
  share: ResourceShare,
  input: { resourceArns?: string[]; principals?: string[] },
  status: string,
) {
  const entities = [...(input.resourceArns ?? []), ...(input.principals ?? [])];
  return describeAssociations(context, share)
    .filter(association => entities.includes(association.associatedEntity))
    .map(association => ({ ...association, status }));
}

function describe(share: ResourceShare) {
  return {
    resourceShareArn: share.arn,
    name: share.name,
    owningAccountId: share.accountId,
    allowExternalPrincipals: share.allowExternalPrincipals,
    status: share.status,
    tags: Object.entries(share.tags).map(([key, value]) => ({ key, value })),
    creationTime: share.createdAt,
    lastUpdatedTime: share.lastUpdatedAt,
    featureSet: 'STANDARD',
  };
}

/**
 * VPC Lattice resources are shared with accounts, organizations and organizational units:
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/sharing.html
 */
function checkContents(
  { estate, accountId }: OperationContext,
  contents: { resourceArns: string[]; principals: string[] },
): void {
  for (const arn of contents.resourceArns) {
    const resource =
      estate.services.get(arn) ?? estate.serviceNetworks.get(arn);
    if (!arn.startsWith('arn:')) {
      throw new AwsError({
        code: 'MalformedArnException',
        message: `The specified resource ARN ${arn} is not valid.`,
      });
    }
    if (resource?.accountId !== accountId) {
      throw new AwsError({
        code: 'ResourceArnNotFoundException',
        message: `The resource ${arn} could not be found, or can't be shared.`,
      });
    }
  }
  for (const principal of contents.principals) {
    if (
      !/^\d{12}$/.test(principal) &&
      !/^arn:aws:organizations::\d{12}:(organization|ou)\//.test(principal)
    ) {
      throw invalidParameter(
        `Principal ID ${principal} is malformed. Verify the ID and try again.`,
      );
    }
  }
}

function checkExternal(
  context: OperationContext,
  allowExternalPrincipals: boolean,
  principals: string[],
): void {
  const external = principals.find(item => isExternal(context, item));
  if (external && !allowExternalPrincipals) {
    throw new AwsError({
      code: 'OperationNotPermittedException',
      message: `The resource share does not allow principals outside the organization: ${external}`,
    });
  }
}
