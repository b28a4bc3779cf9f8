import { randomUUID } from 'node:crypto';
import type { ContainerRunner } from '../containers';
import type { Behaviour } from '../defaultEstate';
import type { Estate } from '../estate/Estate';
import type { FunctionRunner } from '../lambda';
import type { LogStore } from '../logs/LogStore';
import type { ObjectStore } from '../objects/ObjectStore';
import type { HttpRequest, HttpResponse } from '../wire/HttpExchange';
import { AccessLogDelivery } from './accessLog/AccessLogDelivery';
import { PolicyHistory } from './authorization/PolicyHistory';
import type { DataPlaneAnswer, DataPlaneCall } from './DataPlaneCall';
import { handleCall } from './handleCall';
import { readCall } from './http/readCall';
import { writeAnswer } from './http/writeAnswer';
import { isServiceHost, locateService } from './routing/locateService';

/** How often access log objects of minutes that are over are written, in milliseconds. */
const OBJECT_INTERVAL = 10_000;

/** Settings of the {@link DataPlane}. */
export interface DataPlaneOptions {
  estate: Estate;
  logs: LogStore;
  objects: ObjectStore;
  functions: FunctionRunner;
  containers: ContainerRunner;
  /** The present, in milliseconds since the epoch. */
  now(): number;
  /** How targets answer that no code stands behind. */
  behaviours?: Behaviour[];
  /** Takes a line for the operator. Default: drops it. */
  warn?(message: string): void;
}

/**
 * The way of requests through the service networks: from a VPC to a service, past the signature check
 * and the auth policies, by listener and rules to a target; with an access log record of each.
 */
export class DataPlane {
  readonly #options: DataPlaneOptions;
  readonly #policies: PolicyHistory;
  readonly #delivery: AccessLogDelivery;
  readonly #behaviours: Map<string, Behaviour>;
  readonly #timer: NodeJS.Timeout;

  private constructor(options: DataPlaneOptions) {
    this.#options = options;
    this.#policies = PolicyHistory.create(options);
    this.#delivery = AccessLogDelivery.create(options);
    this.#behaviours = new Map(
      (options.behaviours ?? []).map(behaviour => [
        behaviour.target,
        behaviour,
      ]),
    );
    this.#timer = setInterval(() => {
      this.#delivery.flushObjects().catch(error => {
        options.warn?.(`Access logs could not be written to S3: ${error}`);
      });
    }, OBJECT_INTERVAL);
    this.#timer.unref();
  }

  static create(options: DataPlaneOptions): DataPlane {
    return new DataPlane(options);
  }

  /** Whether a request with this `Host` header is for the data plane. */
  handlesHost(host: string): boolean {
    return isServiceHost(this.#options.estate, host);
  }

  /** Makes a call without a connection: the caller counts as authenticated already. */
  async invoke(call: DataPlaneCall): Promise<DataPlaneAnswer> {
    const { estate, functions, containers, now, warn } = this.#options;
    const time = call.time ?? now();
    const location = locateService({
      estate,
      host: call.host,
      sourceVpcId: call.sourceVpcId,
    });
    if (location.kind === 'unreachable') {
      return location;
    }
    const requestId = requestIdOf(call);
    if (location.kind === 'not-registered') {
      return {
        kind: 'response',
        statusCode: 404,
        headers: {},
        body: () => Buffer.alloc(0),
        requestId,
        duration: 0,
        remaining: 0,
      };
    }
    const answer = await handleCall({
      ...location,
      estate,
      functions,
      containers,
      policies: this.#policies,
      behaviours: this.#behaviours,
      call,
      requestId,
      time,
      warn,
    });
    if (answer.kind === 'response' && answer.record) {
      this.#delivery.deliver({ record: answer.record, time });
    }
    return answer;
  }

  /**
   * Answers one HTTP request.
   *
   * @remarks
   * `x-sandbox-source-vpc` says which VPC the request comes from, as there is no network that could
   * tell; it reaches no target. Where the VPC has no way to the service the connection is closed
   * without an answer.
   */
  async handleHttp(req: HttpRequest, res: HttpResponse): Promise<void> {
    const { estate, now } = this.#options;
    const call = await readCall({ request: req, estate, now: now() });
    await writeAnswer(await this.invoke(call), res);
  }

  /** Hands all waiting log events to the log store. */
  flushLogs(): void {
    this.#delivery.flushEvents();
  }

  /** Hands all waiting log records to their stores. */
  async flush(): Promise<void> {
    this.flushLogs();
    await this.#delivery.flushObjects({ all: true });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }
}

/** AWS keeps the first 512 bytes of the id a client sets. */
function requestIdOf(call: DataPlaneCall): string {
  const given = call.headers?.['x-amzn-requestid']?.[0];
  return given ? Buffer.from(given).subarray(0, 512).toString() : randomUUID();
}
