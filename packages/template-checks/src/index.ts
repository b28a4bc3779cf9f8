export { checkTemplate } from './cloudFormation/checkTemplate';
export type { TemplateProblem } from './cloudFormation/TemplateProblem';
export { checkLaunchRole } from './leastPrivilege/checkLaunchRole';
export { checkTemplatePolicies } from './leastPrivilege/checkTemplatePolicies';
export { parseLaunchRoleReasons } from './leastPrivilege/LaunchRoleReasons';
export type { LaunchRoleReasons } from './leastPrivilege/LaunchRoleReasons';
export { checkCustomResource } from './kubernetes/checkCustomResource';
export { knownCustomResources } from './kubernetes/CustomResource';
export type {
  CustomResource,
  StructuralSchema,
  ValidationRule,
} from './kubernetes/CustomResource';
export type { ManifestProblem } from './kubernetes/ManifestProblem';
