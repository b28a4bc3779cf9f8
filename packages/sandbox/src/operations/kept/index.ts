export { cloudWatchOperations } from './cloudWatchOperations';
export { dynamoDbOperations } from './dynamoDbOperations';
