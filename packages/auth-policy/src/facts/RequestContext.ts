import { accountOfArn } from '../arn/parseArn';
import { firstSegment } from '../match/ResourceArea';
import { looseServiceArn } from '../match/looseServiceArn';
import { CONNECT, INVOKE } from '../match/compileAction';
import { KnownText } from '../match/PartialText';
import {
  AuthorizationRequest,
  Caller,
  OpenRequest,
  PolicyLimits,
} from '../types';
import { CallerIdentity, identifyCaller } from './CallerIdentity';
import { looseReading, pathReadings } from './pathReadings';

export type Transport = NonNullable<AuthorizationRequest['transport']>;

const NOBODY: Caller = { kind: 'anonymous' };

/** One request with what follows from it, each thing worked out once and only if asked for. */
export class RequestContext {
  readonly request: OpenRequest;
  readonly caller: CallerIdentity;
  readonly transport: Transport;
  /** Whether the caller is known to have a permissions boundary. */
  readonly hasBoundary: boolean;
  /** Every reading of the path; absent if the path is not known. */
  readonly paths?: readonly string[];
  /** What statements are held against: service ARN with path, in every reading. */
  readonly resources: readonly KnownText[];
  /** The path, if it is known and has but one reading. */
  readonly onlyPath?: string;
  private lazyLoosePath?: string;
  private lazyLooseServiceArn?: string;
  private lazyFirstSegment?: string;
  private lazyIsGrpc?: boolean;

  private constructor(request: OpenRequest, hasBoundary: boolean) {
    this.request = request;
    this.hasBoundary = hasBoundary;
    this.transport = request.transport ?? 'http';
    // Under TLS passthrough nobody's signature is seen.
    this.caller = identifyCaller(
      this.transport === 'tls-passthrough' ? NOBODY : request.caller,
    );
    const { path, serviceArn } = request;
    if (this.transport !== 'http') {
      this.paths = undefined;
      this.onlyPath = undefined;
      this.resources =
        this.transport === 'tcp'
          ? [serviceArn]
          : [serviceArn, { before: `${serviceArn}/`, after: '' }];
    } else if (path === undefined) {
      this.paths = undefined;
      this.resources = [{ before: `${serviceArn}/`, after: '' }];
      this.onlyPath = undefined;
    } else {
      this.paths = pathReadings(path);
      this.resources =
        this.paths.length === 1
          ? [`${serviceArn}${this.paths[0]}`]
          : this.paths.map(reading => `${serviceArn}${reading}`);
      this.onlyPath = this.paths.length === 1 ? this.paths[0] : undefined;
    }
    this.lazyLoosePath = undefined;
    this.lazyLooseServiceArn = undefined;
    this.lazyFirstSegment = undefined;
    this.lazyIsGrpc = undefined;
  }

  static create(request: OpenRequest, limits?: PolicyLimits): RequestContext {
    const boundary = limits?.permissionsBoundary;
    return new RequestContext(
      request,
      boundary !== undefined && 'policies' in boundary,
    );
  }

  get serviceAccount(): string | undefined {
    return accountOfArn(this.request.serviceArn);
  }

  /** See {@link looseReading}. Empty if the path is not known. */
  get loosePath(): string {
    this.lazyLoosePath ??= this.paths ? looseReading(this.paths[0]) : '';
    return this.lazyLoosePath;
  }

  /** See {@link firstSegment}. Empty if the path has several readings or is not known. */
  get firstSegment(): string {
    this.lazyFirstSegment ??= firstSegment(this.onlyPath ?? '');
    return this.lazyFirstSegment;
  }

  get looseServiceArn(): string {
    this.lazyLooseServiceArn ??= looseServiceArn(this.request.serviceArn);
    return this.lazyLooseServiceArn;
  }

  get looseResource(): string | undefined {
    return this.paths ? `${this.looseServiceArn}${this.loosePath}` : undefined;
  }

  get isHttp(): boolean {
    return this.transport === 'http';
  }

  /** What the call asks for; of TLS passthrough it isn't documented. */
  get action(): string {
    switch (this.transport) {
      case 'http':
        return INVOKE;
      case 'tcp':
        return CONNECT;
      default:
        return `${INVOKE} or ${CONNECT}`;
    }
  }

  get isGrpc(): boolean {
    this.lazyIsGrpc ??= isGrpc(this.request);
    return this.lazyIsGrpc;
  }
}

/** `application/grpc+proto` too, but not `application/grpc-web`, which is plain HTTP. */
const GRPC = /^\s*application\/grpc(?![\w-])/i;

function isGrpc({ headers }: OpenRequest): boolean {
  for (const name of Object.keys(headers ?? {})) {
    if (
      name.length === 12 &&
      name.toLowerCase() === 'content-type' &&
      GRPC.test(headers![name])
    ) {
      return true;
    }
  }
  return false;
}
