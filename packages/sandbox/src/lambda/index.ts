export { FunctionRunner, type FunctionRunnerOptions } from './FunctionRunner';
export { type FunctionResult } from './ExecutionEnvironment';
