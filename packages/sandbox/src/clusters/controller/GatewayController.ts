import type { CallOperation } from '../../cloudFormation';
import type {
  Condition,
  KubernetesObject,
} from '../../estate/clusterResources';
import type { EksCluster } from '../../estate/containerResources';
import type { Estate } from '../../estate/Estate';
import { ClusterObjects } from '../manifests/ClusterObjects';
import { runPods } from '../workloads/runPods';
import { buildModel } from './buildModel';
import { LatticeAccount } from './LatticeAccount';
import type { Verdict } from './Model';
import { type Outcome, Reconciliation } from './Reconciliation';

/** A change is followed by an attempt as soon as that, in milliseconds. */
const DELAY = 20;
/** Between attempts that leave something unfinished, in milliseconds; doubled each time. */
const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;

/** Collections whose changes mean work for a cluster. */
const CAUSES = new Set(['kubernetesObjects', 'pods', 'eksClusters']);

interface Work {
  timer?: NodeJS.Timeout;
  running?: Promise<void>;
  retry: number;
}

/**
 * What runs in every cluster: the controllers of Kubernetes that keep pods, and, where the cluster has a
 * role for it, the AWS Gateway API Controller, which keeps VPC Lattice.
 *
 * @remarks
 * Objects say what is to be; this class finds out that they changed, has it done, and writes their status.
 */
export class GatewayController {
  readonly #options: GatewayControllerOptions;
  readonly #work = new Map<string, Work>();
  readonly #stopListening: () => void;
  #isWriting = false;
  #isStopped = false;

  private constructor(options: GatewayControllerOptions) {
    this.#options = options;
    const { estate } = options;
    this.#stopListening = estate.onChange((collection, key) => {
      if (CAUSES.has(collection) && !this.#isWriting) {
        this.#schedule(key.split(' ')[0], DELAY);
      }
    });
    for (const { arn } of estate.eksClusters.values()) {
      this.#schedule(arn, DELAY);
    }
  }

  static start(options: GatewayControllerOptions): GatewayController {
    return new GatewayController(options);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    for (const { timer } of this.#work.values()) {
      clearTimeout(timer);
    }
    await Promise.all([...this.#work.values()].map(({ running }) => running));
  }

  #schedule(clusterArn: string, milliseconds: number): void {
    if (this.#isStopped || !this.#options.estate.eksClusters.has(clusterArn)) {
      return;
    }
    const work = this.#work.get(clusterArn) ?? { retry: FIRST_RETRY };
    this.#work.set(clusterArn, work);
    clearTimeout(work.timer);
    work.timer = setTimeout(() => {
      // One attempt after the other: they find what is there, and change it.
      work.running = (work.running ?? Promise.resolve())
        .then(() => this.#attempt(clusterArn))
        .catch(error => {
          this.#options.warn(`Cluster ${clusterArn} failed: ${error}`);
          this.#retry(clusterArn);
        });
    }, milliseconds);
    work.timer.unref();
  }

  #retry(clusterArn: string): void {
    const work = this.#work.get(clusterArn)!;
    this.#schedule(clusterArn, work.retry);
    work.retry = Math.min(work.retry * 2, LAST_RETRY);
  }

  async #attempt(clusterArn: string): Promise<void> {
    const { estate, call, now } = this.#options;
    const cluster = estate.eksClusters.get(clusterArn);
    if (!cluster || this.#isStopped) {
      return;
    }
    const own = () =>
      estate.kubernetesObjects
        .entries()
        .filter(([, object]) => object.clusterArn === clusterArn);
    const objects = new ClusterObjects(own().map(([, object]) => object));
    this.#quietly(() => runPods({ estate, cluster, objects, now: now() }));
    if (!cluster.controllerRoleArn) {
      return;
    }
    const generations = new Map(
      own().map(([key, { generation }]) => [key, generation]),
    );
    const pods = estate.pods.filter(pod => pod.clusterArn === clusterArn);
    const outcome = await new Reconciliation({
      lattice: new LatticeAccount({
        cluster,
        roleArn: cluster.controllerRoleArn,
        call,
      }),
      cluster,
      estate,
      model: buildModel({ cluster, objects, pods }),
    }).run();
    this.#quietly(() => this.#writeStatus(generations, outcome));
    if (outcome.isUnfinished) {
      this.#retry(clusterArn);
    } else {
      this.#work.get(clusterArn)!.retry = FIRST_RETRY;
      this.#wakeOthers(cluster);
    }
  }

  /** What a cluster exports may be what another of the account waits for. */
  #wakeOthers({ accountId, arn }: EksCluster): void {
    for (const other of this.#options.estate.eksClusters.values()) {
      const isWaiting = this.#options.estate.kubernetesObjects
        .filter(({ clusterArn }) => clusterArn === other.arn)
        .some(({ conditions }) =>
          conditions.some(
            ({ type, status }) => type === 'Programmed' && status === 'False',
          ),
        );
      if (other.arn !== arn && other.accountId === accountId && isWaiting) {
        this.#schedule(other.arn, DELAY);
      }
    }
  }

  /** Changes of its own are no reason for another attempt. */
  #quietly(change: () => void): void {
    this.#isWriting = true;
    try {
      change();
    } finally {
      this.#isWriting = false;
    }
  }

  #writeStatus(generations: Map<string, number>, outcome: Outcome): void {
    const { estate, now } = this.#options;
    for (const [key, verdicts] of outcome.verdicts) {
      const object = estate.kubernetesObjects.get(key);
      const generation = generations.get(key);
      if (!object || generation === undefined) {
        continue;
      }
      const changed: KubernetesObject = {
        ...object,
        conditions: verdicts.map(verdict =>
          toCondition(object.conditions, verdict, generation, now()),
        ),
        annotations: outcome.annotations.get(key) ?? object.annotations,
      };
      if (JSON.stringify(changed) !== JSON.stringify(object)) {
        estate.kubernetesObjects.put(key, changed);
      }
    }
  }
}

/** A condition that says the same as before keeps its time. */
function toCondition(
  before: Condition[],
  { type, isTrue, reason, message }: Verdict,
  observedGeneration: number,
  now: number,
): Condition {
  const status = isTrue ? 'True' : 'False';
  const same = before.find(
    condition => condition.type === type && condition.status === status,
  );
  return {
    type,
    status,
    reason,
    message,
    observedGeneration,
    lastTransitionTime: same?.lastTransitionTime ?? new Date(now).toISOString(),
  };
}

/** Settings of the {@link GatewayController}. */
export interface GatewayControllerOptions {
  estate: Estate;
  call: CallOperation;
  /** The present, in milliseconds since the epoch. */
  now: () => number;
  /** Takes a line for the operator. */
  warn: (message: string) => void;
}
