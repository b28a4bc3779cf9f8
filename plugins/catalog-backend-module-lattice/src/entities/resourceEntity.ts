import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  parseEntityRef,
  type ResourceEntity,
} from '@backstage/catalog-model';
import {
  ANNOTATION_AWS_ACCOUNT_ID,
  ANNOTATION_AWS_ARN,
  ANNOTATION_AWS_REGION,
  ownerOf,
  type EstateResource,
} from '@lattice-portal/plugin-lattice-common';
import type { EntityContext } from './EntityContext';

/** The catalog wants an owner; this one says that none is known. */
const unknownOwner = 'group:default/unknown';

/** What all entities of the estate have in common. */
export function resourceEntity(options: {
  resource: EstateResource;
  type: string;
  context: EntityContext;
  annotations?: Record<string, string>;
  links?: { url: string; title: string }[];
  /** ARNs. What is not in the estate is left out: the catalog would show it as missing. */
  dependsOn?: string[];
}): ResourceEntity {
  const { resource, type, context } = options;
  const { arn, accountId, region, tags } = resource;
  const { name } = parseEntityRef(context.entityRefs.get(arn) ?? '');
  const location = `vpc-lattice:${arn}`;
  const accountOwner = context.accountOwners.get(accountId);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      namespace: 'default',
      title: resource.name,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_AWS_ARN]: arn,
        [ANNOTATION_AWS_ACCOUNT_ID]: accountId,
        [ANNOTATION_AWS_REGION]: region,
        ...options.annotations,
      },
      links: options.links,
    },
    spec: {
      type,
      owner: ownerOf({ tags, accountOwner }) ?? unknownOwner,
      system: tags?.system || undefined,
      dependsOn: [...new Set(options.dependsOn ?? [])]
        .flatMap(dependency => context.entityRefs.get(dependency) ?? [])
        .sort(),
    },
  };
}
