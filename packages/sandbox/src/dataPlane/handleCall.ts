import {
  isGrpc,
  type ContainerRequest,
  type ContainerRunner,
} from '../containers';
import type { Behaviour } from '../defaultEstate';
import type { Estate } from '../estate/Estate';
import type {
  Service,
  ServiceNetwork,
  TargetGroup,
  Vpc,
} from '../estate/resources';
import type { FunctionRunner } from '../lambda';
import { accessLogLine } from './accessLog/accessLogLine';
import { type Access, checkAccess } from './authorization/checkAccess';
import type { PolicyHistory } from './authorization/PolicyHistory';
import type { DataPlaneAnswer, DataPlaneCall } from './DataPlaneCall';
import { chooseTarget, type ChosenTarget } from './routing/chooseTarget';
import { actionFor, listenerFor } from './routing/route';
import { addressIn } from './routing/addressIn';
import { askTarget } from './target/askTarget';
import { lambdaEvent } from './target/lambdaEvent';
import { latticeHeaders, withoutLatticeHeaders } from './target/latticeHeaders';
import { failedAnswer, type TargetAnswer } from './target/TargetAnswer';

/** How long VPC Lattice waits for an answer, in milliseconds. */
const TARGET_TIMEOUT = 60_000;

interface HandleCallOptions {
  estate: Estate;
  functions: FunctionRunner;
  containers: ContainerRunner;
  policies: PolicyHistory;
  behaviours: Map<string, Behaviour>;
  call: DataPlaneCall;
  vpc: Vpc;
  network: ServiceNetwork;
  service: Service;
  requestId: string;
  /** Milliseconds since the epoch. */
  time: number;
  warn?(message: string): void;
}

/** Brings a call to a service that its VPC reaches: access check, routing, target, record. */
export async function handleCall(
  options: HandleCallOptions,
): Promise<DataPlaneAnswer> {
  const { estate, call, requestId, warn } = options;
  const random = call.random ?? Math.random;
  const listener = listenerFor({ ...options, host: call.host });
  if (!listener) {
    const reason = `Service ${options.service.arn} has no listener`;
    return { kind: 'unreachable', reason };
  }
  if (listener.protocol === 'TLS_PASSTHROUGH') {
    // What is sent here is HTTP, and VPC Lattice takes nothing but a TLS handshake there.
    const reason = `Listener ${listener.arn} passes TLS through, which the sandbox does not carry`;
    return { kind: 'unreachable', reason };
  }
  const sourceIpPort =
    call.sourceIpPort ?? addressIn(options.vpc.cidrBlock, random);
  const access = checkAccess({ ...options, listener });
  let chosen: ChosenTarget = {};
  let answer: TargetAnswer;
  if (access.kind === 'allowed') {
    const request = { ...call, headers: call.headers ?? {} };
    const action = actionFor({ estate, listener, request });
    if ('fixedResponse' in action) {
      answer = failedAnswer({ statusCode: action.fixedResponse.statusCode });
    } else {
      chosen = chooseTarget({ estate, action, random });
      answer = await ask({ ...options, access, chosen, sourceIpPort, random });
    }
  } else {
    answer = refusal(access.body);
    if (access.kind === 'denied' && access.undecided.length > 0) {
      warn?.(
        `${requestId}: denied, as the policies could not be decided: ${access.undecided.join(
          '; ',
        )}`,
      );
    }
  }
  const refused = access.kind !== 'allowed';
  const toTarget = Math.min(answer.latency, random() < 0.9 ? 1 : 2);
  return {
    kind: 'response',
    statusCode: answer.statusCode,
    headers: answer.headers,
    body: answer.body,
    ...(answer.trailers && { trailers: answer.trailers }),
    requestId,
    duration: answer.latency,
    remaining: answer.elapsed ? 0 : answer.latency,
    record: accessLogLine({
      ...options,
      ...access,
      ...chosen,
      listener,
      sourceIpPort,
      failureReason: refused ? 'ClientAccessDenied' : answer.failureReason,
      targetIpPort: answer.targetIpPort,
      statusCode: answer.statusCode,
      grpcStatus: grpcStatusOf(answer),
      bytesSent: headerBytes(answer) + answer.bodyLength,
      duration: answer.latency,
      requestToTargetDuration: chosen.target && toTarget,
      responseFromTargetDuration:
        chosen.target && !answer.failureReason ? 0 : undefined,
    }),
  };
}

function ask(
  options: HandleCallOptions & {
    access: Access;
    chosen: ChosenTarget;
    sourceIpPort: string;
    random: () => number;
  },
): Promise<TargetAnswer> {
  const { call, requestId, access, chosen, sourceIpPort } = options;
  const headers = {
    ...call.headers,
    host: [call.host],
    'x-amzn-requestid': [requestId],
    'x-forwarded-for': [sourceIpPort.replace(/:\d+$/, '')],
  };
  const about = {
    ...options,
    organizationId: access.organizationId,
    authenticated: access.resolvedUser.startsWith('arn:'),
  };
  return askTarget({
    ...options,
    ...chosen,
    method: call.method,
    path: call.path,
    event: targetGroup => lambdaEvent({ ...about, headers, targetGroup }),
    request: targetGroup => ({
      method: call.method,
      path: call.query ? `${call.path}?${call.query}` : call.path,
      headers: {
        ...withoutLatticeHeaders(headers),
        ...latticeHeaders({ ...about, targetGroup }),
      },
      body: call.body,
      timeoutMilliseconds: TARGET_TIMEOUT,
      version: versionFor(targetGroup),
    }),
  });
}

/** What the targets of a group speak, whatever the caller does: VPC Lattice translates. */
function versionFor({ config }: TargetGroup): ContainerRequest['version'] {
  return ['HTTP2', 'GRPC'].includes(String(config?.protocolVersion))
    ? 'HTTP/2'
    : 'HTTP/1.1';
}

/** The status of gRPC, which stands in the headers where there is no message. */
function grpcStatusOf({ headers, trailers }: TargetAnswer): number | undefined {
  const [status] = (trailers ?? headers)['grpc-status'] ?? [];
  return isGrpc(headers) && status ? Number(status) : undefined;
}

function refusal(body: string): TargetAnswer {
  return {
    ...failedAnswer({ statusCode: 403 }),
    headers: { 'content-type': ['text/plain'] },
    bodyLength: Buffer.byteLength(body),
    body: () => Buffer.from(body),
  };
}

/** Size of the response head on the wire, about. */
function headerBytes(answer: TargetAnswer): number {
  let bytes = 110;
  for (const [name, values] of Object.entries(answer.headers)) {
    bytes += name.length + values.join().length + 4;
  }
  return bytes;
}
