import { InputError } from '@backstage/errors';
import type { AuthorizationRequest } from '@lattice-portal/auth-policy';
import {
  callerAccountId,
  callerName,
  type NewAccessRequest,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { DeniedRequestStore } from '../database/DeniedRequestStore';
import type { TrafficStore } from '../database/TrafficStore';
import type { EstateIndex } from '../estate/EstateIndex';
import { toAuthorizationRequest } from '../policies/toAuthorizationRequest';
import { matchesPath } from './AccessWatch';

/**
 * Where the calls asked for would come from.
 */
export interface AccessContext {
  /** The network they would come over. Absent: not known. */
  networkArn?: string;
  /** The VPCs they would come from. */
  sourceVpcIds: string[];
  /** The refused call the request starts from. */
  record?: AccessLogRecord;
  /** Sentences. */
  warnings: string[];
}

/**
 * Finds out where calls would come from: as the refused call did, else as the caller does by the logs,
 * else from the VPCs of its account.
 *
 * @throws InputError when the refused call is of another caller or service
 */
export async function accessContextOf(options: {
  request: NewAccessRequest;
  index: EstateIndex;
  traffic: TrafficStore;
  denied: DeniedRequestStore;
}): Promise<AccessContext> {
  const { request, index, denied } = options;
  const { callerId, serviceArn, deniedRequestId } = request;
  const stored = deniedRequestId
    ? await denied.get({ id: deniedRequestId })
    : undefined;
  if (
    stored &&
    (stored.callerId !== callerId || stored.record.serviceArn !== serviceArn)
  ) {
    throw new InputError(
      `Denied request ${deniedRequestId} is of another caller or service`,
    );
  }
  const networks = index.networksOfService(serviceArn);
  if (stored?.record.serviceNetworkArn) {
    const { serviceNetworkArn, sourceVpcId } = stored.record;
    return {
      networkArn: serviceNetworkArn,
      sourceVpcIds: sourceVpcId ? [sourceVpcId] : [],
      record: stored.record,
      warnings: [],
    };
  }
  const vpcIds = await sourceVpcsOf(options);
  const reaching = vpcIds.filter(id =>
    networks.includes(index.networkOfVpc(id) ?? ''),
  );
  const networkArn =
    index.networkOfVpc(reaching[0] ?? '') ??
    (networks.length === 1 ? networks[0] : undefined);
  return {
    networkArn,
    sourceVpcIds: reaching.filter(id => index.networkOfVpc(id) === networkArn),
    record: stored?.record,
    warnings:
      reaching.length > 0
        ? []
        : [
            `No VPC of account ${callerAccountId(
              callerId,
            )} that could be read is associated with a service network of the service: calls may not get there at all.`,
          ],
  };
}

/**
 * Calls that stand for all that is asked for: every method, path and VPC.
 */
export function toSampleRequests(options: {
  request: NewAccessRequest;
  context: AccessContext;
  index: EstateIndex;
  /** Milliseconds since the epoch. */
  now: number;
}): AuthorizationRequest[] {
  const { request, context, index, now } = options;
  const { callerId, serviceArn, methods, paths } = request;
  const { record } = context;
  const recorded = record && toAuthorizationRequest({ record, index });
  const role = index.roleOfCaller(callerId);
  const base: AuthorizationRequest = recorded ?? {
    caller: {
      kind: 'signed',
      arn: sessionArnOf(callerId),
      roleArn:
        role?.arn ?? (callerId.includes(':role/') ? callerId : undefined),
      tags: role?.tags,
    },
    serviceArn,
    serviceNetworkArn: context.networkArn,
  };
  const vpcIds =
    context.sourceVpcIds.length > 0 ? context.sourceVpcIds : [undefined];
  return vpcIds.flatMap(sourceVpc =>
    methods.flatMap(method =>
      paths.map(path => ({
        ...base,
        method,
        path: samplePathOf(path, record?.requestPath),
        sourceVpc,
        sourceVpcOwnerAccount:
          index.vpcs.get(sourceVpc ?? '')?.accountId ??
          base.sourceVpcOwnerAccount,
        time: now,
      })),
    ),
  );
}

/** Roles call through sessions; no policy of ours asks for the session's name. */
function sessionArnOf(callerId: string): string {
  const arn = parseArn(callerId);
  return arn?.resource.startsWith('role/')
    ? `arn:${arn.partition}:sts::${arn.accountId}:assumed-role/${callerName(
        callerId,
      )}/any`
    : callerId;
}

/** The refused path where the pattern covers it, else the pattern with something for each `*`. */
function samplePathOf(pattern: string, recorded: string | undefined): string {
  return recorded !== undefined && matchesPath(pattern, recorded)
    ? recorded
    : pattern.replaceAll('*', 'x');
}

async function sourceVpcsOf(options: {
  request: NewAccessRequest;
  index: EstateIndex;
  traffic: TrafficStore;
}): Promise<string[]> {
  const { request, index, traffic } = options;
  const calls = await traffic.newestCalls({ callerId: request.callerId });
  const recorded = calls.flatMap(({ sourceVpcId }) => sourceVpcId ?? []);
  if (recorded.length > 0) {
    return [...new Set(recorded)];
  }
  const accountId = callerAccountId(request.callerId);
  return [...index.vpcs.values()]
    .filter(vpc => vpc.accountId === accountId)
    .map(vpc => vpc.id);
}
