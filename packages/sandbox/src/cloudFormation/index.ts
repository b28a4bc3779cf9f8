export { cloudFormationOperations } from './cloudFormationOperations';
export type { CallOperation, Caller } from './engine/Caller';
export { StackEngine } from './engine/StackEngine';
export type { StackEngineOptions, StackRequest } from './engine/StackEngine';
export type { Stack, StackEvent, StackResource } from './engine/Stack';
export { supportedTypes } from './providers/providers';
export { parseTemplate } from './template/parseTemplate';
export { TemplateError } from './template/TemplateError';
