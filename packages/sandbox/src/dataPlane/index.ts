export { DataPlane, type DataPlaneOptions } from './DataPlane';
export {
  type AccessLogLine,
  type DataPlaneAnswer,
  type DataPlaneCall,
  type DataPlaneCaller,
} from './DataPlaneCall';
export { SOURCE_VPC_HEADER } from './http/readCall';
