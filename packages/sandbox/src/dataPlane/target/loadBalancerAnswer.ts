import type { ContainerRequest, ContainerRunner } from '../../containers';
import type { Estate } from '../../estate/Estate';
import type { LoadBalancer } from '../../estate/networkResources';
import { routeInLoadBalancer } from '../loadBalancer/routeInLoadBalancer';
import { failedAnswer, type TargetAnswer } from './TargetAnswer';
import { taskAnswer } from './taskAnswer';

/** Sends a request through a load balancer and gives what came of it. */
export async function loadBalancerAnswer(options: {
  estate: Estate;
  containers: ContainerRunner;
  loadBalancer: LoadBalancer;
  port: number;
  request: ContainerRequest;
  random: () => number;
}): Promise<TargetAnswer> {
  const { estate, containers, loadBalancer, port, request } = options;
  const [path, query = ''] = request.path.split('?');
  const route = routeInLoadBalancer({
    ...options,
    loadBalancerArn: loadBalancer.arn,
    request: { ...request, path, query },
  });
  switch (route.kind) {
    case 'unconnected':
      return failedAnswer({
        statusCode: 500,
        failureReason: 'TargetConnectionError',
      });
    case 'answer':
      return own(route.statusCode, route.headers, route.body);
    default: {
      const { group, target } = route;
      const task = containers.findTask(group.vpcId, target.id);
      if (!task) {
        return own(502, {}, '502 Bad Gateway');
      }
      const answer = await taskAnswer({
        containers,
        task,
        port: target.port,
        request,
      });
      // To VPC Lattice the load balancer is the target, and it did answer.
      return answer.failureReason
        ? own(answer.statusCode === 504 ? 504 : 502, {}, 'Bad Gateway')
        : {
            ...answer,
            targetIpPort: `${addressOf(estate, loadBalancer)}:${port}`,
          };
    }
  }
}

function own(
  statusCode: number,
  headers: Record<string, string[]>,
  text: string,
): TargetAnswer {
  const body = Buffer.from(text);
  return {
    ...failedAnswer({ statusCode }),
    headers,
    bodyLength: body.length,
    body: () => body,
  };
}

/** An address of the load balancer itself: each of its subnets holds one. */
function addressOf(estate: Estate, { subnetIds }: LoadBalancer): string {
  const cidr = estate.subnets.get(subnetIds[0])?.cidrBlock ?? '0.0.0.0/0';
  return cidr.replace(/\.\d+\/\d+$/, '.250');
}
