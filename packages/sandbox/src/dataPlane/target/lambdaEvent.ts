import type {
  Service,
  ServiceNetwork,
  TargetGroup,
  Vpc,
} from '../../estate/resources';
import type { DataPlaneCall } from '../DataPlaneCall';

const TEXT_TYPES = /^(text\/|application\/(json|xml|javascript)\b)/i;

/**
 * The event VPC Lattice invokes a function with, in the version the target group asks for.
 *
 * @remarks
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#receive-event-from-service
 */
export function lambdaEvent(options: {
  call: DataPlaneCall;
  headers: Record<string, string[]>;
  network: ServiceNetwork;
  service: Service;
  targetGroup: TargetGroup;
  vpc: Vpc;
  organizationId: string | undefined;
  /** Whether an auth policy was in force, so that the caller was authenticated. */
  authenticated: boolean;
  /** Milliseconds since the epoch. */
  time: number;
}): Record<string, unknown> {
  const { call, headers, targetGroup } = options;
  const query = queryOf(call.query);
  const encoded = isBase64(headers);
  const body = call.body?.length
    ? call.body.toString(encoded ? 'base64' : 'utf8')
    : undefined;
  if (targetGroup.config?.lambdaEventStructureVersion !== 'V2') {
    return {
      raw_path: call.path,
      method: call.method,
      headers: mapValues(headers, values => values.join(', ')),
      query_string_parameters: mapValues(query, values => values.at(-1)),
      body,
      is_base64_encoded: encoded && body !== undefined,
    };
  }
  return {
    version: '2.0',
    path: call.path,
    method: call.method,
    headers,
    queryStringParameters: query,
    body,
    isBase64Encoded: encoded && body !== undefined,
    requestContext: {
      serviceNetworkArn: options.network.arn,
      serviceArn: options.service.arn,
      targetGroupArn: targetGroup.arn,
      identity: identityOf(options),
      region: options.service.region,
      timeEpoch: String(Math.round(options.time * 1000)),
    },
  };
}

function identityOf(options: {
  call: DataPlaneCall;
  vpc: Vpc;
  organizationId: string | undefined;
  authenticated: boolean;
}): Record<string, unknown> {
  const { call, vpc, organizationId, authenticated } = options;
  if (call.caller.kind !== 'signed' || !authenticated) {
    return { sourceVpcArn: vpc.arn };
  }
  const { principalArn, roleArn } = call.caller;
  return {
    sourceVpcArn: vpc.arn,
    type: 'AWS_IAM',
    principal: principalArn,
    principalOrgID: organizationId,
    sessionName: roleArn ? principalArn.split('/').at(-1) : undefined,
  };
}

function isBase64(headers: Record<string, string[]>): boolean {
  const type = headers['content-type']?.[0];
  return type !== undefined && !TEXT_TYPES.test(type);
}

function queryOf(query: string | undefined): Record<string, string[]> {
  const parameters: Record<string, string[]> = {};
  for (const [key, value] of new URLSearchParams(query ?? '')) {
    parameters[key] = [...(parameters[key] ?? []), value];
  }
  return parameters;
}

function mapValues<T, R>(
  record: Record<string, T>,
  map: (value: T) => R,
): Record<string, R> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, map(value)]),
  );
}
