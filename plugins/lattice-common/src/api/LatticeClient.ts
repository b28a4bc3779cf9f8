import { ResponseError } from '@backstage/errors';
import { formatFieldCondition } from '../denials/fieldConditions';
import type { DeniedRequestFilter } from '../denials/types';
import type { LatticeApi } from './LatticeApi';

/**
 * What the client needs to reach the back end.
 *
 * @public
 */
export interface LatticeClientOptions {
  /** Finds the back end; `discoveryApiRef` of the front end and `coreServices.discovery` both fit. */
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  /** Defaults to the global `fetch`. The front end's `fetchApiRef` adds the user's token. */
  fetchApi?: { fetch: typeof fetch };
  /** For callers whose `fetchApi` adds no token, such as back ends: called before every request. */
  getToken?: () => Promise<string | undefined>;
}

/**
 * The lattice back end over HTTP.
 *
 * @remarks
 * All methods throw `ResponseError` of `@backstage/errors` when the back end answers with an error.
 *
 * @public
 */
export class LatticeClient implements LatticeApi {
  readonly #options: LatticeClientOptions;

  constructor(options: LatticeClientOptions) {
    this.#options = options;
  }

  getMap: LatticeApi['getMap'] = options => this.#get('/map', options);

  getCallersOfServices: LatticeApi['getCallersOfServices'] = options =>
    this.#get('/map/callers', options);

  listServices: LatticeApi['listServices'] = () => this.#get('/services');

  getService: LatticeApi['getService'] = ({ serviceId }) =>
    this.#get(`/services/${encodeURIComponent(serviceId)}`);

  getOutcomes: LatticeApi['getOutcomes'] = ({ serviceId, ...query }) =>
    this.#get(`/services/${encodeURIComponent(serviceId)}/outcomes`, query);

  getOutcomesOfServices: LatticeApi['getOutcomesOfServices'] = options =>
    this.#get('/outcomes', options);

  getCallers: LatticeApi['getCallers'] = ({ serviceId, ...query }) =>
    this.#get(`/services/${encodeURIComponent(serviceId)}/callers`, query);

  getStatementUse: LatticeApi['getStatementUse'] = ({ serviceId, ...query }) =>
    this.#get(
      `/services/${encodeURIComponent(serviceId)}/statement-use`,
      query,
    );

  getNetworkStatementUse: LatticeApi['getNetworkStatementUse'] = ({
    networkId,
    ...query
  }) =>
    this.#get(
      `/service-networks/${encodeURIComponent(networkId)}/statement-use`,
      query,
    );

  listDenialCauses: LatticeApi['listDenialCauses'] = options =>
    this.#get('/denial-causes', denialQueryOf(options));

  listDeniedRequests: LatticeApi['listDeniedRequests'] = options =>
    this.#get('/denied-requests', denialQueryOf(options));

  explainDeniedRequest: LatticeApi['explainDeniedRequest'] = ({ id }) =>
    this.#get(`/denied-requests/${encodeURIComponent(id)}`);

  getRecords: LatticeApi['getRecords'] = ({ requestId, ...query }) =>
    this.#get(`/records/${encodeURIComponent(requestId)}`, query);

  listAccessRequests: LatticeApi['listAccessRequests'] = () =>
    this.#get('/access-requests');

  getAccessRequest: LatticeApi['getAccessRequest'] = ({ id }) =>
    this.#get(`/access-requests/${encodeURIComponent(id)}`);

  previewAccessRequest: LatticeApi['previewAccessRequest'] = request =>
    this.#post('/access-requests/preview', request);

  createAccessRequest: LatticeApi['createAccessRequest'] = request =>
    this.#post('/access-requests', request);

  actOnAccessRequest: LatticeApi['actOnAccessRequest'] = ({
    id,
    action,
    comment,
  }) =>
    this.#post(`/access-requests/${encodeURIComponent(id)}/${action}`, {
      comment,
    });

  listTrafficReplays: LatticeApi['listTrafficReplays'] = ({
    accessRequestId,
  }) =>
    this.#get(
      `/access-requests/${encodeURIComponent(accessRequestId)}/replays`,
    );

  startTrafficReplay: LatticeApi['startTrafficReplay'] = ({
    accessRequestId,
    hours,
  }) =>
    this.#post(
      `/access-requests/${encodeURIComponent(accessRequestId)}/replays`,
      { hours },
    );

  getTrafficReplay: LatticeApi['getTrafficReplay'] = ({ id }) =>
    this.#get(`/replays/${encodeURIComponent(id)}`);

  cancelTrafficReplay: LatticeApi['cancelTrafficReplay'] = ({ id }) =>
    this.#post(`/replays/${encodeURIComponent(id)}/cancel`, {});

  listServiceNetworks: LatticeApi['listServiceNetworks'] = () =>
    this.#get('/service-networks');

  listCallers: LatticeApi['listCallers'] = () => this.#get('/callers');

  listAccounts: LatticeApi['listAccounts'] = () => this.#get('/accounts');

  listRoles: LatticeApi['listRoles'] = options => this.#get('/roles', options);

  getEstate: LatticeApi['getEstate'] = () => this.#get('/estate');

  getCompleteness: LatticeApi['getCompleteness'] = () =>
    this.#get('/completeness');

  listLogSources: LatticeApi['listLogSources'] = () =>
    this.#get('/log-sources');

  actOnLogSource: LatticeApi['actOnLogSource'] = ({ number, action }) =>
    this.#post(`/log-sources/${number}/${action}`, {});

  listUnparsedLines: LatticeApi['listUnparsedLines'] = options =>
    this.#get('/unparsed-lines', options);

  listProvisioningAccounts: LatticeApi['listProvisioningAccounts'] = () =>
    this.#get('/provisioning/accounts');

  listProvisioningNetworks: LatticeApi['listProvisioningNetworks'] = place =>
    this.#get('/provisioning/networks', place);

  listProvisioningVpcs: LatticeApi['listProvisioningVpcs'] = place =>
    this.#get('/provisioning/vpcs', place);

  listProvisioningSubnets: LatticeApi['listProvisioningSubnets'] = place =>
    this.#get('/provisioning/subnets', place);

  listProvisioningPrefixLists: LatticeApi['listProvisioningPrefixLists'] =
    place => this.#get('/provisioning/prefix-lists', place);

  listProvisioningCertificates: LatticeApi['listProvisioningCertificates'] =
    place => this.#get('/provisioning/certificates', place);

  listProvisioningHostedZones: LatticeApi['listProvisioningHostedZones'] =
    place => this.#get('/provisioning/hosted-zones', place);

  listProvisioningLogDestinations: LatticeApi['listProvisioningLogDestinations'] =
    place => this.#get('/provisioning/log-destinations', place);

  reviewProvisioning: LatticeApi['reviewProvisioning'] = plan =>
    this.#post('/provisioning/review', plan);

  #get<T>(path: string, query: object = {}): Promise<T> {
    const parameters = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined) {
          parameters.append(key, String(one));
        }
      }
    }
    const search = parameters.size ? `?${parameters}` : '';
    return this.#request(`${path}${search}`, {});
  }

  #post<T>(path: string, body: object): Promise<T> {
    return this.#request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async #request<T>(path: string, init: RequestInit): Promise<T> {
    const { discoveryApi, fetchApi, getToken } = this.#options;
    const baseUrl = await discoveryApi.getBaseUrl('lattice');
    const token = await getToken?.();
    const headers = new Headers(init.headers);
    if (token) {
      headers.set('authorization', `Bearer ${token}`);
    }
    const url = `${baseUrl}/v1${path}`;
    const request = { ...init, headers };
    const response = fetchApi
      ? await fetchApi.fetch(url, request)
      : await fetch(url, request);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}

function denialQueryOf(filter: DeniedRequestFilter = {}): object {
  return { ...filter, where: filter.where?.map(formatFieldCondition) };
}
