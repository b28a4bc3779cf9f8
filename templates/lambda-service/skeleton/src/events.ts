/**
 * What VPC Lattice invokes a function with: event structure version 2.0.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#receive-event-from-service
 */
export interface LatticeEvent {
  version: string;
  method: string;
  path: string;
  headers?: Record<string, string[]>;
  queryStringParameters?: Record<string, string[]>;
  body?: string;
  isBase64Encoded?: boolean;
  requestContext?: {
    identity?: {
      /** ARN of who signed the request. Absent: nobody did. */
      principal?: string;
      sessionName?: string;
      principalOrgID?: string;
      sourceVpcArn?: string;
    };
  };
}

/** What VPC Lattice makes its HTTP answer from. */
export interface LatticeResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}
