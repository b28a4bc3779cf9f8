/**
 * Values of `spec.type` of the `Resource` entities made from the estate.
 *
 * @public
 */
export const latticeResourceTypes = {
  service: 'vpc-lattice-service',
  serviceNetwork: 'vpc-lattice-service-network',
  targetGroup: 'vpc-lattice-target-group',
} as const;

/** ARN of the AWS resource. @public */
export const ANNOTATION_AWS_ARN = 'aws.amazon.com/arn';
/** Account that holds the AWS resource. @public */
export const ANNOTATION_AWS_ACCOUNT_ID = 'aws.amazon.com/account-id';
/** Region that holds the AWS resource. @public */
export const ANNOTATION_AWS_REGION = 'aws.amazon.com/region';
/** Id (`svc-…`) of the VPC Lattice service an entity stands for or runs. @public */
export const ANNOTATION_LATTICE_SERVICE_ID = 'lattice-portal.io/service-id';
/** Name of the VPC Lattice service a component runs. @public */
export const ANNOTATION_LATTICE_SERVICE_NAME = 'lattice-portal.io/service-name';
