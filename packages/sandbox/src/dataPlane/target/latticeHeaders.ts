import type {
  Service,
  ServiceNetwork,
  TargetGroup,
  Vpc,
} from '../../estate/resources';
import type { DataPlaneCall } from '../DataPlaneCall';

/**
 * The headers by which VPC Lattice tells a target who calls, from where and for what. Those of the
 * same names that the caller sent do not get through.
 *
 * @remarks
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/http-listeners.html
 */
export function latticeHeaders(options: {
  call: DataPlaneCall;
  network: ServiceNetwork;
  service: Service;
  targetGroup: TargetGroup;
  vpc: Vpc;
  organizationId: string | undefined;
  /** Whether an auth policy was in force, so that the caller was authenticated. */
  authenticated: boolean;
}): Record<string, string[]> {
  const { call, network, service, targetGroup, vpc, organizationId } = options;
  const identity =
    options.authenticated && call.caller.kind === 'signed'
      ? {
          Principal: call.caller.principalArn,
          PrincipalOrgID: organizationId,
          SessionName: call.caller.roleArn
            ? call.caller.principalArn.split('/').at(-1)
            : undefined,
          Type: 'AWS_IAM',
        }
      : {};
  const text = (values: Record<string, string | undefined>) =>
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${value}`)
      .join('; ');
  return {
    ...(Object.keys(identity).length > 0 && {
      'x-amzn-lattice-identity': [text(identity)],
    }),
    'x-amzn-lattice-network': [text({ SourceVpcArn: vpc.arn })],
    'x-amzn-lattice-target': [
      text({
        ServiceArn: service.arn,
        ServiceNetworkArn: network.arn,
        TargetGroupArn: targetGroup.arn,
      }),
    ],
  };
}

/** Without the headers that VPC Lattice alone may set. */
export function withoutLatticeHeaders(
  headers: Record<string, string[]>,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !name.startsWith('x-amzn-lattice-'),
    ),
  );
}
