import { randomUUID } from 'node:crypto';
import type { KeptIdentity, KeptType } from '../../../operations/kept';
import { ResourceProvider, ResourceRequest } from '../ResourceProvider';

function identify(
  keptType: KeptType,
  request: ResourceRequest,
  name: string,
): KeptIdentity {
  const { properties, caller, estate } = request;
  const { accountId, region } = caller;
  return keptType.identify({
    name,
    properties,
    accountId,
    region,
    estate,
    time: new Date().toISOString(),
  });
}

/** The provider of a type that is kept only. */
export function keptProvider(keptType: KeptType): ResourceProvider {
  const { type: resourceType, service, name } = keptType;
  return {
    type: resourceType,
    async create(request) {
      const { properties, tags, call, exists, generateName } = request;
      const identity = identify(
        keptType,
        request,
        name ? properties[name.property] ?? generateName(name) : randomUUID(),
      );
      const { physicalId, arn: resourceArn } = identity;
      const attributes = identity.attributes ?? { Arn: resourceArn };
      await call(service, keptType.create, {
        resourceType,
        resourceArn,
        physicalId,
        properties,
        attributes,
        tags,
      });
      exists(physicalId);
      return { physicalId, attributes };
    },
    ...(keptType.update && {
      async update(request) {
        const { physicalId, properties, tags, call } = request;
        const identity = identify(keptType, request, physicalId);
        // Attributes that come from properties follow them, where the name is known to be the id.
        const attributes =
          name && identity.physicalId === physicalId
            ? identity.attributes ?? {}
            : {};
        await call(service, keptType.update!, {
          resourceType,
          physicalId,
          properties,
          attributes,
          tags,
          isChange: true,
        });
        return { attributes };
      },
    }),
    async delete({ physicalId, properties, call }) {
      await call(service, keptType.delete, {
        resourceType,
        physicalId,
        properties,
        attributes: {},
        tags: {},
        isRemoval: true,
      });
    },
  };
}
