/** ARN of the service that most test lines are about. */
export const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1b2c3d4e5f60718';

const START = Date.UTC(2026, 10, 22, 10);

/** A line on call `id`, 10 seconds after the one before. */
export function callLine(id: number, fields: object = {}): string {
  return JSON.stringify({
    startTime: `${new Date(START + id * 10_000).toISOString().slice(0, 19)}Z`,
    requestId: `r-${id}`,
    serviceArn: SERVICE,
    resolvedUser: 'arn:aws:sts::445566778899:assumed-role/orders/i-1',
    authDeniedReason: '-',
    sourceIpPort: '10.0.0.1:4000',
    requestMethod: 'GET',
    requestPath: `/orders/${id}`,
    responseCode: 200,
    targetGroupArn: 'arn:aws:vpc-lattice:us-east-1:223344556677:targetgroup/t',
    ...fields,
  });
}

/** A line on call `id` that the service's policy refused. */
export function deniedLine(id: number, fields: object = {}): string {
  return callLine(id, {
    authDeniedReason: 'Service',
    failureReason: 'ClientAccessDenied',
    responseCode: 403,
    targetGroupArn: '-',
    ...fields,
  });
}

/** A line on TCP connection `id`. */
export function connectionLine(id: number): string {
  return JSON.stringify({
    eventTimestamp: new Date(START + id * 10_000).toISOString(),
    resourceConfigurationArn:
      'arn:aws:vpc-lattice:us-east-1:223344556677:resourceconfiguration/rcfg-1',
    protocol: 'tcp',
    sourceIpPort: `10.0.0.1:${4000 + id}`,
    destinationIpPort: '10.0.0.2:5432',
  });
}

/** The same line with a field that is not known: so many lists one within the other. */
export function nestedLine(line: string, levels: number): string {
  const nested = `${'['.repeat(levels)}${']'.repeat(levels)}`;
  return `${line.slice(0, -1)},"unknownField":${nested}}`;
}

/** Key of an object as VPC Lattice writes it. */
export function objectKey(
  resource: string,
  hash: string,
  minute = '05',
): string {
  return [
    'prefix/AWSLogs/223344556677/VpcLattice/AccessLogs/us-east-1/2026/11/22',
    resource,
    `223344556677_VpcLatticeAccessLogs_us-east-1_${resource}_20261122T10${minute}Z_${hash}.json.gz`,
  ].join('/');
}
