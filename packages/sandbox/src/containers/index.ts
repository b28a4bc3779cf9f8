export {
  ContainerError,
  ContainerRunner,
  type ContainerRequest,
  type ContainerResponse,
} from './ContainerRunner';
