export {
  ContainerError,
  ContainerRunner,
  type ContainerRequest,
  type ContainerResponse,
  type RunningTask,
} from './ContainerRunner';
