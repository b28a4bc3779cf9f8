/**
 * An AWS estate on this machine, spoken to by unmodified AWS SDK clients.
 *
 * @packageDocumentation
 */

export { Sandbox } from './Sandbox';
export type { SandboxOptions } from './SandboxOptions';
export { callGrpc } from './testing/callGrpc';
export type { GrpcAnswer } from './testing/callGrpc';
export { signCall } from './testing/signCall';
export { startTestSandbox } from './testing/startTestSandbox';
export type {
  TestClientConfig,
  TestCredentials,
  TestSandbox,
} from './testing/startTestSandbox';
export {
  accessKeyIdOf,
  SANDBOX_SECRET_ACCESS_KEY,
} from './credentials/credentials';
export { AwsError } from './operations/AwsError';
export { Estate } from './estate/Estate';
export { Collection } from './estate/Collection';
export type { ChangeListener } from './estate/Collection';
export type { Caller } from './ControlPlane';
export type { Fault } from './faults/Faults';
export {
  findResourceType,
  pseudoParameters,
  shortFormTags,
  subPieces,
} from './cloudFormation';
export type {
  PropertyType,
  ResourceType,
  SubPiece,
  ValueType,
} from './cloudFormation';
