import type { AccessLogLine } from '@lattice-portal/plugin-lattice-node';

/** Parts of a line that tests vary. */
export interface TestCall {
  requestId: string;
  startTime?: string;
  service?: string;
  caller?: string;
  method?: string;
  path?: string;
  denied?: 'Network' | 'Service' | 'Identity';
  responseCode?: number;
  sourceVpcId?: string;
  duration?: number;
}

const region = 'arn:aws:vpc-lattice:us-east-1';

/** ARN of a service of the tests' estate. */
export function serviceArnOf(name: string): string {
  return `${region}:223344556677:service/svc-${name}`;
}

export const networkArn = `${region}:001122334455:servicenetwork/sn-company`;

/**
 * A line as VPC Lattice writes it.
 */
export function accessLogText(call: TestCall): string {
  const {
    caller = 'arn:aws:sts::556677889900:assumed-role/worker/session',
    denied,
  } = call;
  return JSON.stringify({
    startTime: call.startTime ?? '2026-11-22T10:00:00Z',
    requestId: call.requestId,
    serviceArn: serviceArnOf(call.service ?? 'orders'),
    serviceNetworkArn: networkArn,
    sourceVpcArn: `arn:aws:ec2:us-east-1:556677889900:vpc/${
      call.sourceVpcId ?? 'vpc-3'
    }`,
    sourceVpcId: call.sourceVpcId ?? 'vpc-3',
    sourceIpPort: '10.0.0.1:40000',
    requestMethod: call.method ?? 'GET',
    requestPath: `LatticePath?:${call.path ?? '/orders/1'}`,
    protocol: 'HTTP/1.1',
    responseCode: call.responseCode ?? (denied ? 403 : 200),
    failureReason: denied ? 'ClientAccessDenied' : '-',
    authDeniedReason: denied ?? '-',
    resolvedUser: caller,
    callerPrincipal: caller.startsWith('arn:') ? caller : '-',
    targetGroupArn: denied ? '-' : `${region}:223344556677:targetgroup/tg-1`,
    targetIpPort: denied ? '-' : '10.0.0.9:80',
    duration: call.duration ?? 12,
  });
}

/**
 * A line as a source delivers it.
 */
export function accessLogLine(id: string, call: TestCall): AccessLogLine {
  return {
    id,
    text: accessLogText(call),
    timestamp: Date.parse(call.startTime ?? '2026-11-22T10:00:00Z'),
  };
}
