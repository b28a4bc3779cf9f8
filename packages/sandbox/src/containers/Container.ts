import { Worker } from 'node:worker_threads';
import type { ContainerDefinition } from '../estate/containerResources';
import { containerWorker } from './containerWorker';
import type { ContainerProgram } from './programOf';

/** Somebody who waits until something listens on a port. */
interface Waiting {
  port: number;
  /** Told the port of this machine; nothing when the container has ended. */
  tell(port?: number): void;
}

/** A running container: a worker thread with a program for Node.js. */
export class Container {
  readonly #worker: Worker;
  readonly #ports = new Map<number, number>();
  readonly #waiting: Waiting[] = [];
  #ended = false;

  private constructor(
    program: ContainerProgram,
    environment: Record<string, string>,
    memoryMegabytes: number,
  ) {
    this.#worker = new Worker(containerWorker, {
      eval: true,
      workerData: program,
      // Nothing of the sandbox's own environment reaches the container.
      env: environment,
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
      stdout: true,
      stderr: true,
    });
    this.#worker.unref();
    // What the container prints is not kept; unread, it would pile up in memory.
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on('message', ({ port, listensOn }) => {
      this.#ports.set(port, listensOn);
      this.#tell(waiting => waiting.port === port);
    });
    this.#worker.on('error', () => this.#end());
    this.#worker.on('exit', () => this.#end());
  }

  static start(options: {
    program: ContainerProgram;
    definition: ContainerDefinition;
    memoryMegabytes: number;
  }): Container {
    const { program, definition, memoryMegabytes } = options;
    const environment = Object.fromEntries(
      (definition.environment ?? []).map(({ name, value }) => [name, value]),
    );
    return new Container(program, environment, memoryMegabytes);
  }

  /** Whether its script is still running. */
  get isRunning(): boolean {
    return !this.#ended;
  }

  /**
   * The port of this machine that stands for one of the container's; waits until something listens
   * there. `undefined` when nothing does in time, or the container has ended.
   */
  async portFor(
    port: number,
    milliseconds: number,
  ): Promise<number | undefined> {
    const known = this.#ports.get(port);
    if (known !== undefined || this.#ended) {
      return known;
    }
    return new Promise(resolve => {
      const waiting: Waiting = { port, tell: resolve };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        resolve(undefined);
      }, milliseconds);
      waiting.tell = found => {
        clearTimeout(timer);
        resolve(found);
      };
      this.#waiting.push(waiting);
    });
  }

  async stop(): Promise<void> {
    this.#end();
    await this.#worker.terminate();
  }

  #end(): void {
    this.#ended = true;
    this.#tell(() => true);
  }

  #tell(isMeant: (waiting: { port: number }) => boolean): void {
    for (const waiting of this.#waiting.filter(isMeant)) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.tell(this.#ended ? undefined : this.#ports.get(waiting.port));
    }
  }
}
