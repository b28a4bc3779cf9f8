import { Worker } from 'node:worker_threads';
import type { LambdaFunction } from '../estate/resources';
import { workerSource } from './workerSource';

/** What one call of a function came to. */
export type FunctionResult =
  | { ok: true; payload: unknown }
  | { ok: false; errorType: string; errorMessage: string };

interface WorkerMessage {
  id: number;
  payload?: string;
  error?: { errorType: string; errorMessage: string };
}

/** One worker thread that holds one function and serves one call at a time, as in AWS Lambda. */
export class ExecutionEnvironment {
  readonly #worker: Worker;
  readonly #function: LambdaFunction;
  #calls = 0;
  #closed = false;
  #settle: ((result: FunctionResult) => void) | undefined;

  private constructor(lambdaFunction: LambdaFunction, memoryMegabytes: number) {
    this.#function = lambdaFunction;
    this.#worker = new Worker(workerSource, {
      eval: true,
      workerData: {
        code: lambdaFunction.code,
        handler: lambdaFunction.handler,
      },
      // Nothing of the sandbox's own environment reaches the function.
      env: {
        ...lambdaFunction.environment,
        AWS_REGION: lambdaFunction.region,
        AWS_LAMBDA_FUNCTION_NAME: lambdaFunction.name,
      },
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
      stdout: true,
      stderr: true,
    });
    this.#worker.unref();
    // What the function prints is not kept; unread, it would pile up in memory.
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on('message', (message: WorkerMessage) =>
      this.#answer(
        message.error
          ? { ok: false, ...message.error }
          : { ok: true, payload: JSON.parse(message.payload ?? 'null') },
      ),
    );
    this.#worker.on('error', error => this.#fail(error.name, error.message));
    this.#worker.on('exit', code =>
      this.#fail(
        'Runtime.ExitError',
        `Runtime exited with error: exit status ${code}`,
      ),
    );
  }

  static create(options: {
    function: LambdaFunction;
    memoryMegabytes: number;
  }): ExecutionEnvironment {
    return new ExecutionEnvironment(options.function, options.memoryMegabytes);
  }

  /** False once the thread has ended, on its own or because a call took too long. */
  get usable(): boolean {
    return !this.#closed;
  }

  async call(options: {
    event: unknown;
    requestId: string;
  }): Promise<FunctionResult> {
    const { event, requestId } = options;
    const { arn, name, timeoutSeconds } = this.#function;
    this.#calls += 1;
    const id = this.#calls;
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        this.#fail(
          'Sandbox.Timedout',
          `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
        );
        void this.close();
      }, timeoutSeconds * 1000);
      this.#settle = result => {
        clearTimeout(timer);
        resolve(result);
      };
      this.#worker.postMessage({
        id,
        event,
        context: {
          awsRequestId: requestId,
          functionName: name,
          invokedFunctionArn: arn,
          timeoutMilliseconds: timeoutSeconds * 1000,
        },
      });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker.terminate();
  }

  #answer(result: FunctionResult): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(result);
  }

  #fail(errorType: string, errorMessage: string): void {
    this.#closed = true;
    this.#answer({ ok: false, errorType, errorMessage });
  }
}
