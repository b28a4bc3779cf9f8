export { ContainerError } from './ContainerError';
export type { ContainerRequest, ContainerResponse } from './ContainerRequest';
export { isGrpc } from './isGrpc';
export { ContainerRunner, type RunningTask } from './ContainerRunner';
