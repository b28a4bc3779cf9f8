export { latticeOperations } from './latticeOperations';
