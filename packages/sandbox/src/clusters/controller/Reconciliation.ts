import type { Estate } from '../../estate/Estate';
import type { EksCluster } from '../../estate/containerResources';
import { hasTags, tagKeys } from './controllerTags';
import {
  type DeployedService,
  deployService,
  NameConflict,
  removeService,
} from './deployService';
import { deployTargetGroup, isSame } from './deployTargetGroups';
import {
  deployAccessLogs,
  deployAuthPolicy,
  deployVpcAssociation,
  type PolicyResource,
  removeAuthPolicy,
  removeVpcAssociations,
} from './deployPolicies';
import type { LatticeAccount, TaggedResource } from './LatticeAccount';
import type { Backend, Model, PolicyTarget, Verdict } from './Model';

/** What came of an attempt. */
export interface Outcome {
  /** By object key: what each object is told in the end. */
  verdicts: Map<string, Verdict[]>;
  /** By object key. */
  annotations: Map<string, Record<string, string>>;
  /** Whether something has to be tried again. */
  isUnfinished: boolean;
}

const ANNOTATION = 'application-networking.k8s.aws/';

type NamedNetwork = PolicyResource & { name: string };

/** Something else has to be there first. */
class NotThereYet extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotThereYet';
  }
}

/**
 * Makes the VPC Lattice of a cluster's account what the model says, and takes away what this controller
 * made for objects that are gone. What fails is told to its object, and stops nothing else.
 *
 * @remarks
 * All is found again by its tags, so that an attempt that was cut off is simply made again.
 */
export class Reconciliation {
  readonly #lattice: LatticeAccount;
  readonly #cluster: EksCluster;
  readonly #model: Model;
  readonly #estate: Estate;
  readonly #verdicts: Map<string, Verdict[]>;
  readonly #annotations = new Map<string, Record<string, string>>();
  readonly #services = new Map<string, DeployedService>();
  readonly #targetGroupIds = new Map<string, string>();
  #targetGroups: TaggedResource[] = [];
  #networks: NamedNetwork[] = [];
  #isUnfinished = false;

  constructor(options: {
    lattice: LatticeAccount;
    cluster: EksCluster;
    model: Model;
    estate: Estate;
  }) {
    this.#lattice = options.lattice;
    this.#cluster = options.cluster;
    this.#model = options.model;
    this.#estate = options.estate;
    this.#verdicts = new Map(options.model.verdicts);
  }

  async run(): Promise<Outcome> {
    const lattice = this.#lattice;
    this.#networks = await lattice.list('ListServiceNetworks');
    this.#targetGroups = await lattice.listTagged('ListTargetGroups');
    const services = await lattice.listTagged('ListServices');
    this.#tellGateways();
    await this.#deployTargetGroups();
    await this.#deployServices(services);
    await this.#removeServices(services);
    await this.#deployPolicies();
    await this.#removeTargetGroups();
    return {
      verdicts: this.#verdicts,
      annotations: this.#annotations,
      isUnfinished: this.#isUnfinished,
    };
  }

  #tellGateways(): void {
    for (const { objectKey, network } of this.#model.gateways) {
      try {
        const { arn } = this.#networkOf(network);
        this.#tell(
          objectKey,
          true,
          'Programmed',
          `aws-service-network-arn: ${arn}`,
        );
      } catch (error) {
        this.#fail(objectKey, error, 'Pending');
      }
    }
  }

  /** A Gateway has the name or id of its network. */
  #networkOf(name: string): PolicyResource {
    const found = this.#networks.filter(
      network => network.name === name || network.id === name,
    );
    if (found.length !== 1) {
      throw new NotThereYet(
        found.length === 0
          ? `VPC Lattice Service Network ${name} not found`
          : `Found multiple VPC Lattice Service Networks named ${name}; use the id of one as the name of the Gateway`,
      );
    }
    return found[0];
  }

  async #deployTargetGroups(): Promise<void> {
    const own = this.#targetGroups.filter(group => this.#lattice.owns(group));
    for (const model of this.#model.targetGroups) {
      await this.#attempt(model.routeKey, async () => {
        const id = await deployTargetGroup(this.#lattice, model, own);
        this.#targetGroupIds.set(model.key, id);
      });
    }
    this.#targetGroups = await this.#lattice.listTagged('ListTargetGroups');
  }

  async #deployServices(services: TaggedResource[]): Promise<void> {
    for (const model of this.#model.services) {
      const { routeKey } = model;
      await this.#attempt(routeKey, async () => {
        const deployed = await deployService({
          lattice: this.#lattice,
          model,
          services,
          networks: model.networks.map(name => this.#networkOf(name)),
          targetGroupIdOf: this.#targetGroupIdsFor(
            model.rules,
            model.listeners,
          ),
        });
        this.#services.set(routeKey, deployed);
        this.#tell(
          routeKey,
          true,
          'Programmed',
          `DNS Name: ${deployed.domainName}`,
        );
        this.#annotations.set(routeKey, {
          [`${ANNOTATION}lattice-service-arn`]: deployed.arn,
          [`${ANNOTATION}lattice-assigned-domain-name`]: deployed.domainName,
        });
      });
    }
  }

  /** Found before anything is made. @throws NotThereYet */
  #targetGroupIdsFor(
    ...holders: { backends?: Backend[] }[][]
  ): (backend: Backend) => string {
    const ids = new Map<Backend, string>();
    for (const { backends = [] } of holders.flat()) {
      for (const backend of backends) {
        ids.set(backend, this.#targetGroupId(backend));
      }
    }
    return backend => ids.get(backend)!;
  }

  #targetGroupId(backend: Backend): string {
    if (backend.kind === 'group') {
      const id = this.#targetGroupIds.get(backend.key);
      if (!id) {
        throw new NotThereYet('The target group could not be made');
      }
      return id;
    }
    const found = this.#targetGroups.find(
      group =>
        hasTags(group.tags, backend.identity) &&
        (!backend.vpcId || group.vpcIdentifier === backend.vpcId),
    );
    if (!found) {
      throw new NotThereYet(
        `No ServiceExport has made the target group of ServiceImport ${backend.name} yet`,
      );
    }
    return found.id;
  }

  /** Those of routes that are gone. */
  async #removeServices(services: TaggedResource[]): Promise<void> {
    for (const service of services.filter(item => this.#lattice.owns(item))) {
      if (!this.#isRouteThere(service)) {
        await this.#attempt(undefined, () =>
          removeService(this.#lattice, service.id),
        );
      }
    }
  }

  #isRouteThere({ tags }: TaggedResource): boolean {
    const kinds: Record<string, string> = {
      http: 'HTTPRoute',
      grpc: 'GRPCRoute',
      tls: 'TLSRoute',
    };
    const type = tags[tagKeys.routeType];
    const kind = kinds[type] ?? tags[tagKeys.sourceType];
    return this.#model.routeKeys.has(
      `${this.#cluster.arn} gateway.networking.k8s.io/${kind} ${
        tags[tagKeys.routeNamespace]
      }/${tags[tagKeys.routeName]}`,
    );
  }

  /** A group that a rule still forwards to stays until that rule is changed. */
  async #removeTargetGroups(): Promise<void> {
    const finished = new Set(this.#services.keys());
    for (const group of this.#targetGroups) {
      const isWanted = this.#model.targetGroups.some(
        model =>
          isSame(group, model) &&
          // What was made for a route that failed goes, unless its service has it.
          (!model.routeKey || finished.has(model.routeKey)),
      );
      if (!this.#lattice.owns(group) || isWanted) {
        continue;
      }
      await this.#attempt(undefined, async () => {
        const { serviceArns } = await this.#lattice.call('GetTargetGroup', {
          targetGroupIdentifier: group.id,
        });
        if (serviceArns.length === 0) {
          await this.#lattice.call('DeleteTargetGroup', {
            targetGroupIdentifier: group.id,
          });
        } else if (!this.#isRouteThere(group)) {
          this.#isUnfinished = true;
        }
      });
    }
  }

  async #deployPolicies(): Promise<void> {
    const lattice = this.#lattice;
    const { arn: clusterArn, vpcId } = this.#cluster;
    const applied = this.#estate.appliedAuthPolicies;
    for (const model of this.#model.authPolicies) {
      await this.#attempt(model.objectKey, async () => {
        const resource = this.#resourceOf(model.target);
        await deployAuthPolicy({
          lattice,
          model,
          resource,
          clusterArn,
          applied,
        });
      });
    }
    for (const [key, record] of applied.entries()) {
      if (record.clusterArn === clusterArn && !this.#model.verdicts.has(key)) {
        await this.#attempt(undefined, async () => {
          await removeAuthPolicy(lattice, record.resourceArn);
          applied.delete(key);
        });
      }
    }
    await this.#deployAccessLogs();
    const wanted = new Set<string>();
    const networks = this.#model.vpcAssociations.flatMap(model => {
      try {
        const network = this.#networkOf(model.network);
        wanted.add(network.arn);
        return [{ model, network }];
      } catch (error) {
        this.#fail(model.objectKey, error, 'TargetNotFound');
        return [];
      }
    });
    await this.#attempt(undefined, () =>
      removeVpcAssociations({ lattice, vpcId, wanted }),
    );
    for (const { model, network } of networks) {
      await this.#attempt(model.objectKey, () =>
        deployVpcAssociation({ lattice, model, network, vpcId }),
      );
    }
  }

  async #deployAccessLogs(): Promise<void> {
    const byArn = new Map<string, Model['accessLogs']>();
    for (const model of this.#model.accessLogs) {
      await this.#attempt(model.objectKey, async () => {
        const { arn } = this.#resourceOf(model.target);
        byArn.set(arn, [...(byArn.get(arn) ?? []), model]);
      });
    }
    const ofAccount = this.#networks.filter(
      ({ arn }) => arn.split(':')[4] === this.#cluster.accountId,
    );
    const others = [...byArn.keys()].map(arn => ({
      arn,
      id: arn.split('/').at(-1)!,
    }));
    const resources = new Map(
      [...ofAccount, ...this.#services.values(), ...others].map(resource => [
        resource.arn,
        resource,
      ]),
    );
    for (const [arn, resource] of resources) {
      const models = byArn.get(arn) ?? [];
      try {
        await deployAccessLogs({
          lattice: this.#lattice,
          resource,
          models,
          onFailure: (model, error) => this.#fail(model.objectKey, error),
        });
      } catch (error) {
        models.forEach(({ objectKey }) => this.#fail(objectKey, error));
        this.#isUnfinished = true;
      }
    }
  }

  /** @throws NotThereYet */
  #resourceOf(target: PolicyTarget): PolicyResource {
    if ('network' in target) {
      return this.#networkOf(target.network);
    }
    const service = this.#services.get(target.routeKey);
    if (!service) {
      throw new NotThereYet('The service of the route is not there yet');
    }
    return service;
  }

  async #attempt(
    objectKey: string | undefined,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#fail(objectKey, error);
    }
  }

  #fail(
    objectKey: string | undefined,
    error: unknown,
    reason = 'FailedDeployModel',
  ): void {
    this.#isUnfinished = true;
    if (objectKey === undefined) {
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof NameConflict) {
      this.#replace(objectKey, {
        type: 'Accepted',
        isTrue: false,
        reason: 'Conflicted',
        message,
      });
    }
    this.#tell(objectKey, false, reason, message);
  }

  #tell(
    objectKey: string,
    isTrue: boolean,
    reason: string,
    message: string,
  ): void {
    this.#replace(objectKey, { type: 'Programmed', isTrue, reason, message });
  }

  #replace(objectKey: string, verdict: Verdict): void {
    const others = (this.#verdicts.get(objectKey) ?? []).filter(
      ({ type }) => type !== verdict.type,
    );
    this.#verdicts.set(objectKey, [...others, verdict]);
  }
}
