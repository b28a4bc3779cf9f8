export { cloudFormationOperations } from './cloudFormationOperations';
export type { CallOperation, Caller } from './engine/Caller';
export { StackEngine } from './engine/StackEngine';
export type { StackEngineOptions, StackRequest } from './engine/StackEngine';
export type { Stack, StackEvent, StackResource } from './engine/Stack';
export { supportedTypes } from './providers/providers';
export { parseTemplate } from './template/parseTemplate';
export { TemplateError } from './template/TemplateError';
export { findResourceType } from './resourceTypes/resourceTypes';
export type {
  PropertyType,
  ResourceType,
  ValueType,
} from './resourceTypes/resourceTypes';
export { pseudoParameters } from './template/pseudoParameters';
export { shortFormTags } from './template/shortFormTags';
export { subPieces } from './template/subVariables';
export type { SubPiece } from './template/subVariables';
