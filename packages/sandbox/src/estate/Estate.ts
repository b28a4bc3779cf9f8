import type * as clusters from './clusterResources';
import { ChangeListener, Collection } from './Collection';
import type * as containers from './containerResources';
import type * as lattice from './latticeResources';
import type * as networking from './networkResources';
import type * as resources from './resources';

/**
 * All AWS accounts of the sandbox, in memory. Keys are ARNs unless said otherwise.
 *
 * @remarks
 * Log events and S3 objects are not here: they live in the `LogStore` and `ObjectStore`,
 * which keep them on disk.
 */
export class Estate {
  /** Keyed `organization`. */
  readonly organization: Collection<resources.Organization>;
  /** Keyed by account id. */
  readonly accounts: Collection<resources.Account>;
  readonly organizationalUnits: Collection<resources.OrganizationalUnit>;
  readonly roles: Collection<resources.Role>;
  readonly managedPolicies: Collection<resources.ManagedPolicy>;
  /** Keyed by VPC id. */
  readonly vpcs: Collection<resources.Vpc>;
  /** Keyed by security group id. */
  readonly securityGroups: Collection<resources.SecurityGroup>;
  /** Keyed by account, region and prefix list id. */
  readonly prefixLists: Collection<resources.ManagedPrefixList>;
  readonly serviceNetworks: Collection<resources.ServiceNetwork>;
  readonly services: Collection<resources.Service>;
  readonly listeners: Collection<resources.Listener>;
  readonly rules: Collection<resources.Rule>;
  readonly targetGroups: Collection<resources.TargetGroup>;
  readonly vpcAssociations: Collection<resources.VpcAssociation>;
  readonly serviceAssociations: Collection<resources.ServiceAssociation>;
  /** Keyed by the ARN of the resource the policy is attached to. */
  readonly authPolicies: Collection<resources.AuthPolicy>;
  readonly accessLogSubscriptions: Collection<resources.AccessLogSubscription>;
  readonly resourceShares: Collection<resources.ResourceShare>;
  /** Keyed by ARN without the trailing `:*`. */
  readonly logGroups: Collection<resources.LogGroup>;
  /** Keyed by bucket name. */
  readonly buckets: Collection<resources.Bucket>;
  readonly functions: Collection<resources.LambdaFunction>;
  readonly resourceGateways: Collection<lattice.ResourceGateway>;
  readonly resourceConfigurations: Collection<lattice.ResourceConfiguration>;
  readonly resourceAssociations: Collection<lattice.ResourceAssociation>;
  /** Keyed by the ARN of what the policy is attached to. */
  readonly latticeResourcePolicies: Collection<lattice.LatticeResourcePolicy>;
  /** Keyed by subnet id. */
  readonly subnets: Collection<networking.Subnet>;
  /** Keyed by endpoint id. */
  readonly vpcEndpoints: Collection<networking.VpcEndpoint>;
  readonly certificates: Collection<networking.Certificate>;
  /** Keyed by hosted zone id. */
  readonly hostedZones: Collection<networking.HostedZone>;
  readonly loadBalancers: Collection<networking.LoadBalancer>;
  readonly loadBalancerTargetGroups: Collection<networking.LoadBalancerTargetGroup>;
  readonly loadBalancerListeners: Collection<networking.LoadBalancerListener>;
  readonly loadBalancerRules: Collection<networking.LoadBalancerRule>;
  readonly ecsClusters: Collection<containers.EcsCluster>;
  readonly taskDefinitions: Collection<containers.TaskDefinition>;
  readonly ecsServices: Collection<containers.EcsService>;
  readonly eksClusters: Collection<containers.EksCluster>;
  /** Keyed by cluster and object: see `objectKey`. */
  readonly kubernetesObjects: Collection<clusters.KubernetesObject>;
  /** Keyed by cluster and name. */
  readonly deliveries: Collection<clusters.Delivery>;
  /** Keyed by cluster, namespace and name. */
  readonly pods: Collection<clusters.Pod>;
  /** Keyed by cluster and object. */
  readonly appliedAuthPolicies: Collection<clusters.AppliedAuthPolicy>;
  /** Keyed `account/region/service/code`. */
  readonly appliedQuotas: Collection<networking.AppliedQuota>;
  /** Keyed by event id. */
  readonly trailEvents: Collection<resources.TrailEvent>;
  /** Keyed `account/region/type/physicalId`. */
  readonly otherResources: Collection<resources.OtherResource>;

  readonly #collections = new Map<string, Collection<any>>();
  readonly #listeners = new Set<ChangeListener>();

  constructor() {
    this.organization = this.collection('organization');
    this.accounts = this.collection('accounts');
    this.organizationalUnits = this.collection('organizationalUnits');
    this.roles = this.collection('roles');
    this.managedPolicies = this.collection('managedPolicies');
    this.vpcs = this.collection('vpcs');
    this.securityGroups = this.collection('securityGroups');
    this.prefixLists = this.collection('prefixLists');
    this.serviceNetworks = this.collection('serviceNetworks');
    this.services = this.collection('services');
    this.listeners = this.collection('listeners');
    this.rules = this.collection('rules');
    this.targetGroups = this.collection('targetGroups');
    this.vpcAssociations = this.collection('vpcAssociations');
    this.serviceAssociations = this.collection('serviceAssociations');
    this.authPolicies = this.collection('authPolicies');
    this.accessLogSubscriptions = this.collection('accessLogSubscriptions');
    this.resourceShares = this.collection('resourceShares');
    this.logGroups = this.collection('logGroups');
    this.buckets = this.collection('buckets');
    this.functions = this.collection('functions');
    this.resourceGateways = this.collection('resourceGateways');
    this.resourceConfigurations = this.collection('resourceConfigurations');
    this.resourceAssociations = this.collection('resourceAssociations');
    this.latticeResourcePolicies = this.collection('latticeResourcePolicies');
    this.subnets = this.collection('subnets');
    this.vpcEndpoints = this.collection('vpcEndpoints');
    this.certificates = this.collection('certificates');
    this.hostedZones = this.collection('hostedZones');
    this.loadBalancers = this.collection('loadBalancers');
    this.loadBalancerTargetGroups = this.collection('loadBalancerTargetGroups');
    this.loadBalancerListeners = this.collection('loadBalancerListeners');
    this.loadBalancerRules = this.collection('loadBalancerRules');
    this.ecsClusters = this.collection('ecsClusters');
    this.taskDefinitions = this.collection('taskDefinitions');
    this.ecsServices = this.collection('ecsServices');
    this.eksClusters = this.collection('eksClusters');
    this.kubernetesObjects = this.collection('kubernetesObjects');
    this.deliveries = this.collection('deliveries');
    this.pods = this.collection('pods');
    this.appliedAuthPolicies = this.collection('appliedAuthPolicies');
    this.appliedQuotas = this.collection('appliedQuotas');
    this.trailEvents = this.collection('trailEvents');
    this.otherResources = this.collection('otherResources');
  }

  /**
   * The collection of that name; made when it does not exist. Parts of the sandbox that keep state
   * of their own (stacks, provisioned products) get their collections here, so that the journal
   * keeps them too.
   */
  collection<T>(name: string): Collection<T> {
    let collection = this.#collections.get(name);
    if (!collection) {
      collection = new Collection<T>(name, (...change) => {
        for (const listener of this.#listeners) {
          listener(...change);
        }
      });
      this.#collections.set(name, collection);
    }
    return collection;
  }

  /** Calls the listener after every change. Returns a function that stops it. */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
