import { ChangeListener, Collection } from './Collection';
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
