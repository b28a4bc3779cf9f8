/**
 * Ports to AWS and extension points of the VPC Lattice plugin.
 *
 * @packageDocumentation
 */
export * from './aws/AwsAccess';
export * from './aws/DefaultAwsAccess';
export * from './aws/partitionOf';
export * from './config/LatticeConfig';
export * from './config/readLatticeConfig';
export * from './estate/DefaultEstateReader';
export * from './logs/CloudWatchLogsSource';
export * from './logs/CloudWatchLogsSourceFactory';
export * from './logs/CloudWatchProxyLogReader';
export * from './logs/DefaultAccessLogSourceFactory';
export * from './permissions';
export * from './policies/CloudTrailPolicyHistoryReader';
export * from './policies/DefaultAuthPolicyStore';
export * from './policies/DefaultIdentityPolicyReader';
export * from './policies/samePolicy';
export * from './ports/AccessLogRecordSink';
export * from './ports/AccessLogSource';
export * from './ports/AuthPolicyStore';
export * from './ports/EstateReader';
export * from './ports/IdentityPolicyReader';
export * from './ports/PolicyHistoryReader';
export * from './ports/ProvisioningReader';
export * from './ports/ProxyLogReader';
export * from './provisioning/DefaultProvisioningReader';
export * from './provisioning/whyNotProvision';
export * from './services/serviceRefs';
