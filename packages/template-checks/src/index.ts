export { checkCustomResource } from './kubernetes/checkCustomResource';
export { knownCustomResources } from './kubernetes/CustomResource';
export type {
  CustomResource,
  StructuralSchema,
  ValidationRule,
} from './kubernetes/CustomResource';
export type { ManifestProblem } from './kubernetes/ManifestProblem';
