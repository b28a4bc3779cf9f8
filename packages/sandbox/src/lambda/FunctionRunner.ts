import { randomUUID } from 'node:crypto';
import type { LambdaFunction } from '../estate/resources';
import { ExecutionEnvironment, FunctionResult } from './ExecutionEnvironment';

/** Settings of the {@link FunctionRunner}. */
export interface FunctionRunnerOptions {
  /** Heap limit of each worker thread. Default 128. */
  memoryMegabytes?: number;
  /** Worker threads of one function at most; further calls wait. Default 2. */
  concurrency?: number;
  /** Functions kept ready; the least recently called goes first. Default 16. */
  functions?: number;
}

interface FunctionPool {
  environments: ExecutionEnvironment[];
  idle: ExecutionEnvironment[];
  waiting: ((environment: ExecutionEnvironment) => void)[];
}

/**
 * Runs the inline code of Lambda functions, each in worker threads of its own that stay between calls.
 *
 * @remarks
 * The code is a CommonJS module (`exports.handler = async event => …`). A changed function starts
 * afresh. Threads keep faults apart; they are no protection against hostile code.
 */
export class FunctionRunner {
  readonly #pools = new Map<string, FunctionPool>();
  readonly #memoryMegabytes: number;
  readonly #concurrency: number;
  readonly #functions: number;

  private constructor(options: FunctionRunnerOptions) {
    this.#memoryMegabytes = options.memoryMegabytes ?? 128;
    this.#concurrency = options.concurrency ?? 2;
    this.#functions = options.functions ?? 16;
  }

  static create(options: FunctionRunnerOptions = {}): FunctionRunner {
    return new FunctionRunner(options);
  }

  /** Calls the function and waits for its answer. Faults of the function are results, not exceptions. */
  async invoke(options: {
    function: LambdaFunction;
    event: unknown;
    requestId?: string;
  }): Promise<FunctionResult> {
    const { function: lambdaFunction, event } = options;
    const requestId = options.requestId ?? randomUUID();
    if (!lambdaFunction.code.trim()) {
      return {
        ok: false,
        errorType: 'Runtime.ImportModuleError',
        errorMessage: `Function ${lambdaFunction.arn} has no inline code`,
      };
    }
    const pool = this.#poolOf(lambdaFunction);
    const environment = await this.#take(pool, lambdaFunction);
    try {
      return await environment.call({ event, requestId });
    } finally {
      this.#give(pool, environment, lambdaFunction);
    }
  }

  /** Ends all worker threads. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map(closePool));
  }

  #poolOf(lambdaFunction: LambdaFunction): FunctionPool {
    const key = JSON.stringify([
      lambdaFunction.arn,
      lambdaFunction.code,
      lambdaFunction.handler,
      lambdaFunction.environment,
      lambdaFunction.timeoutSeconds,
    ]);
    const pool = this.#pools.get(key) ?? {
      environments: [],
      idle: [],
      waiting: [],
    };
    // Re-inserted, so that the map's order is the order of last use.
    this.#pools.delete(key);
    this.#pools.set(key, pool);
    for (const [oldKey, oldPool] of this.#pools) {
      const busy = oldPool.environments.length > oldPool.idle.length;
      if (this.#pools.size <= this.#functions || oldKey === key) {
        break;
      }
      if (!busy) {
        this.#pools.delete(oldKey);
        void closePool(oldPool);
      }
    }
    return pool;
  }

  async #take(
    pool: FunctionPool,
    lambdaFunction: LambdaFunction,
  ): Promise<ExecutionEnvironment> {
    let idle = pool.idle.pop();
    while (idle && !idle.usable) {
      remove(pool.environments, idle);
      idle = pool.idle.pop();
    }
    if (idle) {
      return idle;
    }
    if (pool.environments.length < this.#concurrency) {
      return this.#start(pool, lambdaFunction);
    }
    return new Promise(resolve => pool.waiting.push(resolve));
  }

  #give(
    pool: FunctionPool,
    environment: ExecutionEnvironment,
    lambdaFunction: LambdaFunction,
  ): void {
    let next = environment;
    const waiting = pool.waiting.shift();
    if (!environment.usable) {
      remove(pool.environments, environment);
      if (!waiting) {
        return;
      }
      next = this.#start(pool, lambdaFunction);
    }
    if (waiting) {
      waiting(next);
    } else {
      pool.idle.push(next);
    }
  }

  #start(
    pool: FunctionPool,
    lambdaFunction: LambdaFunction,
  ): ExecutionEnvironment {
    const environment = ExecutionEnvironment.create({
      function: lambdaFunction,
      memoryMegabytes: this.#memoryMegabytes,
    });
    pool.environments.push(environment);
    return environment;
  }
}

async function closePool(pool: FunctionPool): Promise<void> {
  await Promise.all(pool.environments.map(environment => environment.close()));
}

function remove<T>(items: T[], item: T): void {
  const index = items.indexOf(item);
  if (index >= 0) {
    items.splice(index, 1);
  }
}
