import { z } from 'zod';
import snapshot from './generated/customResources.json';

/** A rule of a schema, in CEL. */
export interface ValidationRule {
  rule: string;
  message?: string;
}

/**
 * A structural schema of a custom resource, as far as it is looked at here.
 *
 * @remarks
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export interface StructuralSchema {
  type?: string;
  properties?: Record<string, StructuralSchema>;
  additionalProperties?: StructuralSchema | boolean;
  items?: StructuralSchema;
  'x-kubernetes-validations'?: ValidationRule[];
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  [keyword: string]: unknown;
}

/** A kind of custom resource, and what its API server accepts. */
export interface CustomResource {
  /** Where the schema is from, at its version. */
  source: string;
  apiVersion: string;
  kind: string;
  schema: StructuralSchema;
}

const customResources: CustomResource[] = z
  .array(
    z.object({
      source: z.url(),
      apiVersion: z.string(),
      kind: z.string(),
      schema: z.looseObject({ type: z.literal('object') }),
    }),
  )
  .parse(snapshot);

/** The kinds of Gateway API and of the AWS Gateway API Controller that are known here. */
export function knownCustomResources(): CustomResource[] {
  return customResources;
}
