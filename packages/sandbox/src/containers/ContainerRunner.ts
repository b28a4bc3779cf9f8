import type { Estate } from '../estate/Estate';
import type { Pod, PodContainer } from '../estate/clusterResources';
import { Container } from './Container';
import { ContainerError } from './ContainerError';
import type { ContainerRequest, ContainerResponse } from './ContainerRequest';
import { echo } from './echo';
import { programOf, type ContainerProgram } from './programOf';
import { sendHttp1 } from './sendHttp1';
import { sendHttp2 } from './sendHttp2';

/** Settings of the {@link ContainerRunner}. */
export interface ContainerRunnerOptions {
  estate: Estate;
  /** Heap limit of each container. Default 128. */
  memoryMegabytes?: number;
  /** Containers that run at the same time; the least recently asked stops first. Default 32. */
  containers?: number;
}

/** What runs at an address of a VPC: a task of an Amazon ECS service, or a pod of an EKS cluster. */
export interface RunningTask {
  /** Unique. */
  id: string;
  address: string;
  containers: PodContainer[];
}

/**
 * Answers for the tasks of Amazon ECS services and the pods of EKS clusters.
 *
 * @remarks
 * A container whose command is `node -e SCRIPT` is run, and so is the application of a repository that
 * stands for its image, in a worker thread that starts with the first request. Images can't be run: for
 * other containers an echo answers on the ports they map, and says that it is one. Threads keep faults apart; they are no protection against hostile code.
 */
export class ContainerRunner {
  readonly #estate: Estate;
  readonly #memoryMegabytes: number;
  readonly #most: number;
  /** By task and container; the map's order is that of last use. */
  readonly #containers = new Map<string, Container>();
  readonly #stopListening: () => void;

  private constructor(options: ContainerRunnerOptions) {
    this.#estate = options.estate;
    this.#memoryMegabytes = options.memoryMegabytes ?? 128;
    this.#most = options.containers ?? 32;
    this.#stopListening = options.estate.onChange(collection => {
      if (collection === 'ecsServices' || collection === 'pods') {
        this.#stopOldTasks();
      }
    });
  }

  static create(options: ContainerRunnerOptions): ContainerRunner {
    return new ContainerRunner(options);
  }

  /** What runs at an address of a VPC. */
  findTask(
    vpcId: string | undefined,
    address: string,
  ): RunningTask | undefined {
    for (const { tasks } of this.#estate.ecsServices.values()) {
      const found = tasks.find(
        task => task.address === address && task.vpcId === vpcId,
      );
      if (found) {
        const definition = this.#estate.taskDefinitions.get(
          found.taskDefinitionArn,
        );
        return {
          id: found.arn,
          address,
          containers: definition?.containerDefinitions ?? [],
        };
      }
    }
    const pod = this.#estate.pods.find(
      candidate => candidate.address === address && candidate.vpcId === vpcId,
    );
    return pod && { id: podId(pod), address, containers: pod.containers };
  }

  /**
   * Sends a request to a port of a task.
   *
   * @throws ContainerError when nothing answers.
   */
  async ask(
    task: RunningTask,
    port: number,
    request: ContainerRequest,
  ): Promise<ContainerResponse> {
    const definition = task.containers.find(({ portMappings = [] }) =>
      portMappings.some(({ containerPort }) => containerPort === port),
    );
    if (!definition) {
      throw new ContainerError(
        'TargetConnectionError',
        `No container of the task maps port ${port}`,
      );
    }
    const program = programOf(definition);
    if (program === undefined) {
      return echo(definition, request);
    }
    const container = this.#container(task, definition, program);
    const { timeoutMilliseconds } = request;
    const localPort = await container.portFor(port, timeoutMilliseconds);
    if (localPort === undefined) {
      throw new ContainerError(
        'TargetConnectionError',
        `Nothing listens on port ${port}`,
      );
    }
    const send = request.version === 'HTTP/2' ? sendHttp2 : sendHttp1;
    return send(localPort, request);
  }

  /** Stops all containers. */
  async close(): Promise<void> {
    this.#stopListening();
    const containers = [...this.#containers.values()];
    this.#containers.clear();
    await Promise.all(containers.map(container => container.stop()));
  }

  #container(
    task: RunningTask,
    definition: PodContainer,
    program: ContainerProgram,
  ): Container {
    const key = `${task.id} ${definition.name}`;
    let container = this.#containers.get(key);
    if (!container?.isRunning) {
      // As ECS and Kubernetes do: what ended is started again.
      container = Container.start({
        program,
        definition,
        memoryMegabytes: this.#memoryMegabytes,
      });
    }
    this.#containers.delete(key);
    this.#containers.set(key, container);
    for (const oldKey of this.#containers.keys()) {
      if (this.#containers.size <= this.#most) {
        break;
      }
      this.#stop(oldKey);
    }
    return container;
  }

  #stopOldTasks(): void {
    const ids = new Set([
      ...this.#estate.ecsServices
        .values()
        .flatMap(({ tasks }) => tasks.map(({ arn }) => arn)),
      ...this.#estate.pods.values().map(podId),
    ]);
    for (const key of this.#containers.keys()) {
      if (!ids.has(key.split(' ')[0])) {
        this.#stop(key);
      }
    }
  }

  #stop(key: string): void {
    void this.#containers.get(key)?.stop();
    this.#containers.delete(key);
  }
}

/** Without spaces, which end it in the key of a container. */
function podId({ clusterArn, namespace, name }: Pod): string {
  return `${clusterArn}/pod/${namespace}/${name}`;
}
