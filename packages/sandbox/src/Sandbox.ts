import { join } from 'path';
import { QueryRunner } from './athena/QueryRunner';
import { createAuthorizer } from './authorization/createAuthorizer';
import { Caller, ControlPlane } from './ControlPlane';
import { describeClusters, startClusters } from './clusters';
import { ContainerRunner } from './containers';
import { DataPlane } from './dataPlane';
import { EstateFile, loadEstate, readEstateFile } from './defaultEstate';
import { Estate } from './estate/Estate';
import { Journal } from './estate/Journal';
import { Fault, Faults } from './faults/Faults';
import { parseFault } from './faults/parseFault';
import { parseQuota, setQuota } from './faults/setQuota';
import { HealthChecker } from './health/HealthChecker';
import { FunctionRunner } from './lambda';
import { LogStore } from './logs/LogStore';
import { ObjectStore } from './objects/ObjectStore';
import { allServices } from './operations/services';
import { dropOldTrailEvents } from './recordTrailEvent';
import type { SandboxOptions } from './SandboxOptions';
import { startProvisioning } from './serviceCatalog';
import { Traffic } from './traffic';
import { handleControlPlane } from './wire/handleControlPlane';
import { WireServer } from './wire/WireServer';

/** Access logs are kept a little longer than the day that screens look back on. */
const LOG_RETENTION = 26 * 3_600_000;
const SWEEP_INTERVAL = 600_000;

/**
 * An AWS estate on this machine: the APIs of its accounts, the data plane of its service networks
 * and the traffic through them, on one HTTP port.
 *
 * @public
 */
export class Sandbox {
  /** Resolves when everything answers, and the traffic of the past is made up. */
  static async start(options: SandboxOptions): Promise<Sandbox> {
    const closers: (() => unknown)[] = [];
    try {
      return await Sandbox.#start(options, closers);
    } catch (error) {
      await closeAll(closers);
      throw error;
    }
  }

  static async #start(
    options: SandboxOptions,
    closers: (() => unknown)[],
  ): Promise<Sandbox> {
    const { now = Date.now, warn = () => {}, host = '127.0.0.1' } = options;
    const directory = (name: string) =>
      options.dataDirectory && join(options.dataDirectory, name);
    const file = await readEstateFile(options.estateFile);
    // Before anything is opened: a sandbox that runs already on the port has its files to itself.
    const server = new WireServer();
    const port = await server.listen({ port: options.port, host });
    closers.push(() => server.close());
    const estate = new Estate();
    const journal = directory('estate.ndjson');
    if (journal) {
      const opened = Journal.open({ estate, file: journal });
      closers.push(() => opened.close());
    }
    loadOnce(estate, file, now());

    const logs = await LogStore.open({ directory: directory('logs') });
    const objects = await ObjectStore.open({ directory: directory('objects') });
    const stores = { estate, logs, objects, now };
    const functions = FunctionRunner.create();
    const containers = ContainerRunner.create({ estate });
    const health = HealthChecker.start({ estate, containers, warn });
    const { behaviours } = file;
    const dataPlane = DataPlane.create({
      ...stores,
      functions,
      containers,
      behaviours,
      warn,
    });
    closers.push(
      () => logs.close(),
      () => functions.close(),
      () => containers.close(),
      () => health.stop(),
      () => dataPlane.close(),
    );

    const queries = new QueryRunner();
    closers.push(() => queries.close());
    const services = allServices({ logs, objects, queries });
    const authorize = createAuthorizer({ estate });
    const faults = Faults.create();
    const controlPlane = new ControlPlane({
      estate,
      services,
      authorize,
      now,
      faults,
    });
    const stopProvisioning = startProvisioning({
      estate,
      services,
      now,
      resourceDelay: options.resourceDelay ?? (() => 300 + Math.random() * 500),
      call: (service, operation, input, caller) =>
        controlPlane.call({ service, operation, input, caller }),
    });
    closers.push(stopProvisioning);
    closers.push(
      startClusters({
        estate,
        now,
        warn,
        repositoriesDirectory: options.repositoriesDirectory,
        programsDirectory: directory('programs'),
        call: (service, operation, input, caller) =>
          controlPlane.call({ service, operation, input, caller }),
      }),
    );

    server.serve({
      isDataPlaneHost: name => dataPlane.handlesHost(name),
      handleDataPlane: (...exchange) => dataPlane.handleHttp(...exchange),
      handleControlPlane: (request, requestId) =>
        handleControlPlane(request, requestId, {
          estate,
          controlPlane,
          now,
          onInternalError: error =>
            warn(
              `Request ${requestId} failed: ${
                error instanceof Error ? error.stack : error
              }`,
            ),
        }),
      byHand: new Map<string, (body: string) => void>([
        ['/_sandbox/faults', body => faults.add(parseFault(body))],
        [
          '/_sandbox/quotas',
          body => setQuota(estate, parseQuota(body, file.region)),
        ],
      ]),
      clusters: () => describeClusters(estate),
      health: () => ({ status: 'ok', services: estate.services.size }),
    });
    // Closed before what it changes, and so once more here.
    closers.push(() => server.close());
    const sweep = setInterval(() => {
      logs.dropOlderThan(now() - LOG_RETENTION);
      dropOldTrailEvents(estate, now());
    }, SWEEP_INTERVAL);
    sweep.unref();
    closers.push(() => clearInterval(sweep));
    if (options.traffic ?? true) {
      const traffic = await Traffic.start({ ...stores, dataPlane, file, warn });
      closers.push(() => traffic.stop());
    }
    return new Sandbox(
      estate,
      controlPlane,
      faults,
      `http://${host}:${port}`,
      closers,
    );
  }

  #stopped: Promise<void> | undefined;

  private constructor(
    /** Everything the accounts hold. */
    readonly estate: Estate,
    private readonly controlPlane: ControlPlane,
    private readonly faults: Faults,
    /** The endpoint of all AWS services. */
    readonly url: string,
    private readonly closers: (() => unknown)[],
  ) {}

  /**
   * Calls an operation without going over the wire.
   *
   * @throws AwsError
   */
  async call(options: {
    service: string;
    operation: string;
    input: any;
    caller: Caller;
  }): Promise<any> {
    return this.controlPlane.call(options);
  }

  /** Makes coming calls of an operation fail, as AWS fails them when it is too busy or at a limit. */
  fail(fault: Fault): void {
    this.faults.add(fault);
  }

  /** Stops everything, last started first. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopped ??= closeAll(this.closers);
    await this.#stopped;
  }
}

/** The mark comes last: a load that a crash cut off is done again, and gives the same ids. */
function loadOnce(estate: Estate, file: EstateFile, now: number): void {
  const marks = estate.collection<{ loadedAt: string }>('sandbox');
  if (!marks.has('estate')) {
    loadEstate({ file, estate, now });
    marks.put('estate', { loadedAt: new Date(now).toISOString() });
  }
}

async function closeAll(closers: (() => unknown)[]): Promise<void> {
  for (const close of [...closers].reverse()) {
    await close();
  }
}
