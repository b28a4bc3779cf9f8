export { lambdaOperations } from './lambdaOperations';
export { trusts } from './trusts';
