import { request as httpRequest } from 'node:http';
import type { Estate } from '../estate/Estate';
import type {
  ContainerDefinition,
  EcsTask,
} from '../estate/containerResources';
import { Container } from './Container';
import { echo } from './echo';
import { scriptOf } from './scriptOf';

/** Settings of the {@link ContainerRunner}. */
export interface ContainerRunnerOptions {
  estate: Estate;
  /** Heap limit of each container. Default 128. */
  memoryMegabytes?: number;
  /** Containers that run at the same time; the least recently asked stops first. Default 32. */
  containers?: number;
}

/** A request to a container's port. */
export interface ContainerRequest {
  method: string;
  /** With the query string. */
  path: string;
  headers: Record<string, string[]>;
  body?: Buffer;
  timeoutMilliseconds: number;
}

/** What a container answered. */
export interface ContainerResponse {
  statusCode: number;
  headers: Record<string, string[]>;
  body: Buffer;
}

/** Why there is no answer, in the words of access logs. */
export class ContainerError extends Error {
  constructor(
    readonly reason:
      | 'TargetConnectionError'
      | 'TargetDataTimeout'
      | 'TargetConnectionClosed',
    message: string,
  ) {
    super(message);
    this.name = 'ContainerError';
  }
}

/**
 * Answers for the tasks of Amazon ECS services.
 *
 * @remarks
 * A container whose command is `node -e SCRIPT` is run, in a worker thread that starts with the first
 * request. Images can't be run: for other containers an echo answers on the ports they map, and says
 * that it is one. Threads keep faults apart; they are no protection against hostile code.
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
      if (collection === 'ecsServices') {
        this.#stopOldTasks();
      }
    });
  }

  static create(options: ContainerRunnerOptions): ContainerRunner {
    return new ContainerRunner(options);
  }

  /** The task that has an address in a VPC. */
  findTask(vpcId: string | undefined, address: string): EcsTask | undefined {
    for (const { tasks } of this.#estate.ecsServices.values()) {
      const found = tasks.find(
        task => task.address === address && task.vpcId === vpcId,
      );
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  /**
   * Sends a request to a port of a task.
   *
   * @throws ContainerError when nothing answers.
   */
  async ask(
    task: EcsTask,
    port: number,
    request: ContainerRequest,
  ): Promise<ContainerResponse> {
    const definition = this.#estate.taskDefinitions
      .get(task.taskDefinitionArn)
      ?.containerDefinitions.find(({ portMappings = [] }) =>
        portMappings.some(({ containerPort }) => containerPort === port),
      );
    if (!definition) {
      throw new ContainerError(
        'TargetConnectionError',
        `No container of the task maps port ${port}`,
      );
    }
    const script = scriptOf(definition);
    if (script === undefined) {
      return echo(definition, request);
    }
    const container = this.#container(task, definition, script);
    const { timeoutMilliseconds } = request;
    const localPort = await container.portFor(port, timeoutMilliseconds);
    if (localPort === undefined) {
      throw new ContainerError(
        'TargetConnectionError',
        `Nothing listens on port ${port}`,
      );
    }
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
    task: EcsTask,
    definition: ContainerDefinition,
    script: string,
  ): Container {
    const key = `${task.arn} ${definition.name}`;
    let container = this.#containers.get(key);
    if (!container?.isRunning) {
      // As ECS does: a task that ended is started again.
      container = Container.start({
        script,
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
    const arns = new Set(
      this.#estate.ecsServices
        .values()
        .flatMap(({ tasks }) => tasks.map(({ arn }) => arn)),
    );
    for (const key of this.#containers.keys()) {
      if (!arns.has(key.split(' ')[0])) {
        this.#stop(key);
      }
    }
  }

  #stop(key: string): void {
    void this.#containers.get(key)?.stop();
    this.#containers.delete(key);
  }
}

function send(
  port: number,
  request: ContainerRequest,
): Promise<ContainerResponse> {
  const { method, path, body, timeoutMilliseconds } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, values]) => [
      name,
      values.length === 1 ? values[0] : values,
    ]),
  );
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () =>
          resolve({
            statusCode: response.statusCode ?? 502,
            headers: Object.fromEntries(
              Object.entries(response.headersDistinct).map(
                ([name, values = []]) => [name, values],
              ),
            ),
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    function fail(error: Error): void {
      reject(new ContainerError('TargetConnectionClosed', error.message));
    }
    outgoing.on('error', fail);
    outgoing.setTimeout(timeoutMilliseconds, () => {
      reject(
        new ContainerError(
          'TargetDataTimeout',
          `No answer within ${timeoutMilliseconds} ms`,
        ),
      );
      outgoing.destroy();
    });
    outgoing.end(body);
  });
}
