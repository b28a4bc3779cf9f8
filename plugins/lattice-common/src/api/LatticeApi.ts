import type {
  AccessRequest,
  AccessRequestAction,
  AccessRequestPreview,
  NewAccessRequest,
} from '../accessRequests/types';
import type {
  DenialCauses,
  DenialExplanation,
  DenialPageOptions,
  DeniedRequestFilter,
  DeniedRequests,
} from '../denials/types';
import type {
  AccountFreshness,
  EstateSnapshot,
  PolicyVersion,
  Role,
  Service,
  ServiceAssociation,
  ServiceNetwork,
  TargetGroup,
} from '../estate/types';
import type {
  ProvisioningAccount,
  ProvisioningCertificate,
  ProvisioningHostedZone,
  ProvisioningLogDestination,
  ProvisioningNetwork,
  ProvisioningPlace,
  ProvisioningPlan,
  ProvisioningPrefixList,
  ProvisioningReview,
  ProvisioningSubnet,
  ProvisioningVpc,
  ReadResult,
} from '../provisioning/types';
import type { CallRecords } from '../records/types';
import type {
  TrafficReplay,
  TrafficReplayHours,
  TrafficReplays,
} from '../replay/types';
import type { StatementUses } from '../statementUse/types';
import type { AnswerBasis } from '../traffic/AnswerBasis';
import type {
  CallerFilter,
  CallFilter,
  CallersOfServices,
  Completeness,
  LogSource,
  LogSourceAction,
  MapService,
  MapServiceNetwork,
  OutcomesOverTime,
  RecordSinkStatus,
  ServiceCallers,
  ServiceMap,
  UnparsedLines,
} from '../traffic/types';

/**
 * All that the estate holds about one service, as far as the viewer may see it.
 *
 * @public
 */
export interface ServiceDetail {
  service: Service;
  owner?: string;
  entityRef: string;
  serviceNetworks: ServiceNetwork[];
  serviceAssociations: ServiceAssociation[];
  targetGroups: TargetGroup[];
  /** Newest first. */
  policyVersions: PolicyVersion[];
  freshness: AccountFreshness;
}

/**
 * The time asked for. Default: the last hour.
 *
 * @public
 */
export interface WindowOptions {
  /** ISO 8601. */
  from?: string;
  /** ISO 8601. */
  to?: string;
}

/** What a form may offer: callers known to the estate or to the logs.
 *
 * @public
 */
export interface KnownCaller {
  id: string;
  name: string;
  accountId?: string;
  owner?: string;
}

/** An account the portal knows, with its name and owner.
 *
 * @public
 */
export interface KnownAccount {
  accountId: string;
  name?: string;
  owner?: string;
  regions: string[];
}

/**
 * The HTTP API of the lattice back end.
 *
 * @public
 */
export interface LatticeApi {
  /** GET /v1/map */
  getMap(
    options?: WindowOptions & CallerFilter & CallFilter,
  ): Promise<ServiceMap>;
  /** GET /v1/map/callers: of all services that the viewer may see together */
  getCallersOfServices(
    options?: WindowOptions & CallerFilter & CallFilter,
  ): Promise<CallersOfServices>;
  /** GET /v1/services */
  listServices(): Promise<
    AnswerBasis & { items: MapService[]; completeness: Completeness }
  >;
  /** GET /v1/services/:serviceId */
  getService(options: { serviceId: string }): Promise<ServiceDetail>;
  /** GET /v1/services/:serviceId/outcomes; by the hour at least for some callers */
  getOutcomes(
    options: { serviceId: string; step?: number } & WindowOptions &
      CallerFilter,
  ): Promise<OutcomesOverTime>;
  /** GET /v1/outcomes: of all services that the viewer may see together; by the hour at least for some callers */
  getOutcomesOfServices(
    options?: {
      step?: number;
      /** Of the caller or of the service. */
      accountId?: string;
      /** Of the service. */
      serviceAccountId?: string;
    } & WindowOptions &
      CallerFilter,
  ): Promise<OutcomesOverTime>;
  /** GET /v1/services/:serviceId/callers: with the map's edges into the service */
  getCallers(
    options: { serviceId: string } & WindowOptions & CallerFilter,
  ): Promise<ServiceCallers>;
  /** GET /v1/services/:serviceId/statement-use; by default of the last 30 days */
  getStatementUse(
    options: { serviceId: string } & WindowOptions &
      Omit<CallFilter, 'serviceArn'>,
  ): Promise<StatementUses>;
  /** GET /v1/service-networks/:networkId/statement-use; by default of the last 30 days */
  getNetworkStatementUse(
    options: { networkId: string } & WindowOptions &
      Omit<CallFilter, 'serviceNetworkArn'>,
  ): Promise<StatementUses>;
  /** GET /v1/denial-causes */
  listDenialCauses(
    options?: DeniedRequestFilter & DenialPageOptions,
  ): Promise<DenialCauses>;
  /** GET /v1/denied-requests */
  listDeniedRequests(
    options?: DeniedRequestFilter & DenialPageOptions,
  ): Promise<DeniedRequests>;
  /** GET /v1/denied-requests/:id */
  explainDeniedRequest(options: { id: string }): Promise<DenialExplanation>;
  /** GET /v1/records/:requestId: all that is on record of the calls with a request id */
  getRecords(
    options: { requestId: string } & WindowOptions & CallFilter,
  ): Promise<CallRecords>;
  /** GET /v1/access-requests */
  listAccessRequests(): Promise<{ items: AccessRequest[] }>;
  /** GET /v1/access-requests/:id */
  getAccessRequest(options: { id: string }): Promise<AccessRequest>;
  /** POST /v1/access-requests/preview */
  previewAccessRequest(
    request: NewAccessRequest,
  ): Promise<AccessRequestPreview>;
  /** POST /v1/access-requests */
  createAccessRequest(request: NewAccessRequest): Promise<AccessRequest>;
  /** POST /v1/access-requests/:id/:action */
  actOnAccessRequest(options: {
    id: string;
    action: AccessRequestAction;
    comment?: string;
  }): Promise<AccessRequest>;
  /** GET /v1/access-requests/:id/replays */
  listTrafficReplays(options: {
    accessRequestId: string;
  }): Promise<TrafficReplays>;
  /** POST /v1/access-requests/:id/replays: decides the traffic of the last hours again */
  startTrafficReplay(options: {
    accessRequestId: string;
    hours: TrafficReplayHours;
  }): Promise<TrafficReplay>;
  /** GET /v1/replays/:id */
  getTrafficReplay(options: { id: string }): Promise<TrafficReplay>;
  /** POST /v1/replays/:id/cancel; gives the replay as it is then */
  cancelTrafficReplay(options: { id: string }): Promise<TrafficReplay>;
  /** GET /v1/service-networks */
  listServiceNetworks(): Promise<{ items: MapServiceNetwork[] }>;
  /** GET /v1/callers */
  listCallers(): Promise<{ items: KnownCaller[] }>;
  /** GET /v1/accounts */
  listAccounts(): Promise<{ items: KnownAccount[] }>;
  /** GET /v1/roles: roles of an account, for forms */
  listRoles(options: { accountId: string }): Promise<{ items: Role[] }>;
  /** GET /v1/estate: every account and region whole; for those who may read all services */
  getEstate(): Promise<{ snapshots: EstateSnapshot[] }>;
  /** GET /v1/completeness */
  getCompleteness(): Promise<Completeness>;
  /** GET /v1/log-sources */
  listLogSources(): Promise<{
    items: LogSource[];
    recordSinks: RecordSinkStatus[];
    completeness: Completeness;
  }>;
  /** POST /v1/log-sources/:number/:action; gives the source as it is then */
  actOnLogSource(options: {
    number: number;
    action: LogSourceAction;
  }): Promise<LogSource>;
  /** GET /v1/unparsed-lines; `source`: the number of one */
  listUnparsedLines(options?: {
    source?: number;
    cursor?: string;
    limit?: number;
  }): Promise<UnparsedLines>;
  /** GET /v1/provisioning/accounts: all accounts, each with whether the viewer may create something there */
  listProvisioningAccounts(): Promise<{ items: ProvisioningAccount[] }>;
  /** GET /v1/provisioning/networks: service networks of the account or shared with it */
  listProvisioningNetworks(
    place: ProvisioningPlace,
  ): Promise<ReadResult<ProvisioningNetwork>>;
  /** GET /v1/provisioning/vpcs */
  listProvisioningVpcs(
    place: ProvisioningPlace,
  ): Promise<ReadResult<ProvisioningVpc>>;
  /** GET /v1/provisioning/subnets */
  listProvisioningSubnets(
    place: ProvisioningPlace & { vpcId: string },
  ): Promise<ReadResult<ProvisioningSubnet>>;
  /** GET /v1/provisioning/prefix-lists: those of VPC Lattice */
  listProvisioningPrefixLists(
    place: ProvisioningPlace,
  ): Promise<ReadResult<ProvisioningPrefixList>>;
  /** GET /v1/provisioning/certificates */
  listProvisioningCertificates(
    place: ProvisioningPlace,
  ): Promise<ReadResult<ProvisioningCertificate>>;
  /** GET /v1/provisioning/hosted-zones */
  listProvisioningHostedZones(
    place: ProvisioningPlace,
  ): Promise<ReadResult<ProvisioningHostedZone>>;
  /** GET /v1/provisioning/log-destinations */
  listProvisioningLogDestinations(
    place: ProvisioningPlace,
  ): Promise<ReadResult<ProvisioningLogDestination>>;
  /** POST /v1/provisioning/review: what of a plan would be refused; nothing is created */
  reviewProvisioning(plan: ProvisioningPlan): Promise<ProvisioningReview>;
}
