import { ContainerError, type ContainerRunner } from '../containers';
import type { Estate } from '../estate/Estate';
import type { LoadBalancerTargetGroup } from '../estate/networkResources';
import type { Target, TargetGroup } from '../estate/resources';
import { loadBalancersOf } from '../operations/elasticloadbalancing/targetGroups';
import { servicesUsing } from '../operations/vpc-lattice/targetGroups';
import { isHealthyCode } from './isHealthyCode';

/** A change of targets is followed by a check as soon as that, in milliseconds. */
const DELAY = 20;

/** Collections whose changes make targets used, or new. */
const CAUSES = new Set([
  'targetGroups',
  'listeners',
  'rules',
  'services',
  'ecsServices',
  'pods',
  'loadBalancerTargetGroups',
  'loadBalancerListeners',
  'loadBalancerRules',
]);

interface Check {
  vpcId: string | undefined;
  address: string;
  port: number;
  path: string;
  matcher: string;
  timeoutSeconds: number;
  version?: 'HTTP/1.1' | 'HTTP/2';
}

/**
 * Checks the health of targets that are tasks of Amazon ECS services or pods of EKS clusters: those of VPC Lattice's target
 * groups and of load balancers', by what the group's health check says.
 *
 * @remarks
 * One check decides, without AWS's thresholds: a template is not to wait for the third. Targets that
 * nothing runs behind keep the status they have.
 */
export class HealthChecker {
  readonly #estate: Estate;
  readonly #containers: ContainerRunner;
  readonly #stopListening: () => void;
  readonly #warn: (message: string) => void;
  readonly #interval: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  private constructor(options: HealthCheckerOptions) {
    const { estate, containers, intervalMilliseconds = 10_000 } = options;
    this.#estate = estate;
    this.#containers = containers;
    this.#warn = options.warn ?? (() => {});
    this.#stopListening = estate.onChange(collection => {
      if (CAUSES.has(collection)) {
        this.#schedule();
      }
    });
    this.#interval = setInterval(() => this.#schedule(), intervalMilliseconds);
    this.#interval.unref();
    this.#schedule();
  }

  static start(options: HealthCheckerOptions): HealthChecker {
    return new HealthChecker(options);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    clearInterval(this.#interval);
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(): void {
    if (this.#timer || this.#isStopped) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // One round after the other, so that a slow target is not asked twice at a time.
      this.#running = (this.#running ?? Promise.resolve())
        .then(() => this.#round())
        .catch(error => this.#warn(`Health could not be checked: ${error}`));
    }, DELAY);
    this.#timer.unref();
  }

  async #round(): Promise<void> {
    await Promise.all([
      ...this.#estate.targetGroups
        .filter(({ type }) => type === 'IP')
        .map(group => this.#checkLattice(group)),
      ...this.#estate.loadBalancerTargetGroups
        .filter(({ targetType }) => targetType === 'ip')
        .map(group => this.#checkLoadBalancer(group)),
    ]);
  }

  async #checkLattice(group: TargetGroup): Promise<void> {
    const config: any = group.config ?? {};
    const { healthCheck = {}, vpcIdentifier: vpcId } = config;
    const isUsed = servicesUsing({ estate: this.#estate }, group).length > 0;
    for (const target of group.targets) {
      const { id, port = config.port, status } = target;
      if (status === 'DRAINING' || !this.#containers.findTask(vpcId, id)) {
        continue;
      }
      let checked: Target['status'];
      if (!isUsed) {
        checked = 'UNUSED';
      } else if (healthCheck.enabled === false) {
        checked = 'UNAVAILABLE';
      } else {
        const isHealthy = await this.#check({
          vpcId,
          address: id,
          port: healthCheck.port ?? port,
          path: healthCheck.path ?? '/',
          matcher: healthCheck.matcher?.httpCode ?? '200',
          timeoutSeconds: healthCheck.healthCheckTimeoutSeconds ?? 5,
          version:
            healthCheck.protocolVersion === 'HTTP2' ? 'HTTP/2' : 'HTTP/1.1',
        });
        checked = isHealthy ? 'HEALTHY' : 'UNHEALTHY';
      }
      this.#putLattice(group.arn, target, checked);
    }
  }

  async #checkLoadBalancer(group: LoadBalancerTargetGroup): Promise<void> {
    const { healthCheck, vpcId } = group;
    const isUsed = loadBalancersOf({ estate: this.#estate }, group).length > 0;
    for (const { id, port } of group.targets) {
      if (!this.#containers.findTask(vpcId, id)) {
        continue;
      }
      const isHealthy =
        isUsed &&
        (await this.#check({
          vpcId,
          address: id,
          port:
            healthCheck.port === 'traffic-port'
              ? port
              : Number(healthCheck.port),
          path: healthCheck.path,
          matcher: healthCheck.matcher,
          timeoutSeconds: healthCheck.timeoutSeconds,
        }));
      const usedState = isHealthy ? 'healthy' : 'unhealthy';
      const state = isUsed ? usedState : 'unused';
      const groups = this.#estate.loadBalancerTargetGroups;
      const current = groups.get(group.arn);
      const isThere = (target: { id: string; port: number }) =>
        target.id === id && target.port === port;
      const before = current?.targets.find(isThere);
      if (current && before && before.state !== state) {
        groups.put(group.arn, {
          ...current,
          targets: current.targets.map(target =>
            isThere(target) ? { ...target, state } : target,
          ),
        });
      }
    }
  }

  async #check(check: Check): Promise<boolean> {
    const { vpcId, address, port, path, matcher, timeoutSeconds, version } =
      check;
    const task = this.#containers.findTask(vpcId, address);
    if (!task) {
      return false;
    }
    try {
      const { statusCode } = await this.#containers.ask(task, port, {
        method: 'GET',
        path,
        headers: { host: [`${address}:${port}`] },
        timeoutMilliseconds: timeoutSeconds * 1000,
        version,
      });
      return isHealthyCode(matcher, statusCode);
    } catch (error) {
      if (error instanceof ContainerError) {
        return false;
      }
      throw error;
    }
  }

  /** Only what is still registered, and only a change: others may have changed the group meanwhile. */
  #putLattice(arn: string, target: Target, status: Target['status']): void {
    const { targetGroups } = this.#estate;
    const current = targetGroups.get(arn);
    const isThere = ({ id, port }: Target) =>
      id === target.id && port === target.port;
    const before = current?.targets.find(isThere);
    if (current && before && before.status !== status) {
      targetGroups.put(arn, {
        ...current,
        targets: current.targets.map(other =>
          isThere(other) ? { ...other, status } : other,
        ),
      });
    }
  }
}

/** Settings of the {@link HealthChecker}. */
export interface HealthCheckerOptions {
  estate: Estate;
  containers: ContainerRunner;
  /** Between two checks of a target that nothing changed about. Default: 10 seconds. */
  intervalMilliseconds?: number;
  /** Takes a line for the operator. Default: drops it. */
  warn?: (message: string) => void;
}
