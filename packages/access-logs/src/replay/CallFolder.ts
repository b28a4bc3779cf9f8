import type { Policy } from '@lattice-portal/auth-policy';
import type { AccessLogCaller, AccessLogRecord } from '../types';
import { CallerFolder } from './CallerFolder';
import { PathFolder } from './PathFolder';
import { type ReadKeys, readKeysOf } from './ReadKeys';
import { VpcFolder } from './VpcFolder';

/**
 * Makes one call of those to a service that policies can't tell apart: they agree in all attributes that
 * the policies read, and caller and path fold to one.
 *
 * @remarks
 * Whatever the policies say of one of them they say of all, and so does any part of the policies.
 *
 * @public
 */
export class CallFolder {
  readonly #keys: ReadKeys;
  readonly #callerFolder: CallerFolder;
  readonly #paths: PathFolder;
  readonly #vpcs?: VpcFolder;
  /** Of what stands in records, all chosen by AWS and the estate: there are not too many. */
  readonly #numbers = new Map<string, number>();
  readonly #callers = new WeakMap<AccessLogCaller, number>();
  /** Calls that agree in all but method and path mostly come together. */
  #last?: { record: AccessLogRecord; attributes: string };

  private constructor(options: {
    serviceArn: string;
    policies: readonly Policy[];
  }) {
    const { policies } = options;
    this.#keys = readKeysOf(policies);
    this.#callerFolder = CallerFolder.of({
      policies,
      readsSession: this.#keys.session,
    });
    this.#paths = PathFolder.create(options);
    this.#vpcs = this.#keys.vpc ? VpcFolder.of(policies) : undefined;
  }

  /** @param options - `policies`: all that calls to the service are held against */
  static create(options: {
    serviceArn: string;
    policies: readonly Policy[];
  }): CallFolder {
    return new CallFolder(options);
  }

  /** The same for callers that the policies can't tell apart. A small number. */
  callerOf(caller: AccessLogCaller): number {
    let number = this.#callers.get(caller);
    if (number === undefined) {
      number = this.#numberOf(this.#callerFolder.keyOf(caller));
      this.#callers.set(caller, number);
    }
    return number;
  }

  /** What the policies read of a call beside the caller: the same for calls that they can't tell apart. */
  shapeOf(record: AccessLogRecord): string {
    const { requestPath: path } = record;
    const method = (this.#keys.method && record.requestMethod) || '';
    // Only method and path are the client's. The path comes last, and the method says how long it is.
    return `${this.#attributesOf(record)}${method.length}${method} ${
      path === undefined ? '' : `:${this.#paths.fold(path)}`
    }`;
  }

  /** What the policies read of a call beside caller, method and path. */
  #attributesOf(record: AccessLogRecord): string {
    if (
      this.#last &&
      isAlike(this.#last.record, record) &&
      (!this.#keys.time || this.#last.record.timestamp === record.timestamp)
    ) {
      return this.#last.attributes;
    }
    const attributes = this.#makeAttributes(record);
    this.#last = { record, attributes };
    return attributes;
  }

  #makeAttributes(record: AccessLogRecord): string {
    const keys = this.#keys;
    let attributes = '';
    if (keys.network) {
      attributes += `n${this.#numberOf(record.serviceNetworkArn)},`;
    }
    if (this.#vpcs) {
      attributes += `v${this.#numberOf(this.#vpcs.keyOf(record.sourceVpcId))},`;
    } else if (keys.vpc) {
      attributes += `v${this.#numberOf(record.sourceVpcArn)},`;
      attributes += `${this.#numberOf(record.sourceVpcId)},`;
    }
    if (keys.organization) {
      attributes += `o${this.#numberOf(record.callerPrincipalOrgId)},`;
    }
    if (keys.tags) {
      const tags = JSON.stringify(record.callerPrincipalTags);
      attributes += `t${this.#numberOf(tags)},`;
    }
    if (keys.time) {
      attributes += `${record.timestamp},`;
    }
    return attributes;
  }

  /** Short keys are quicker to find than long ones, and take less memory. */
  #numberOf(text: string | undefined): number {
    if (text === undefined) {
      return 0;
    }
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size + 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

/** Whether two calls agree in all but caller, method, path and time, for sure. */
function isAlike(one: AccessLogRecord, other: AccessLogRecord): boolean {
  return (
    one.serviceNetworkArn === other.serviceNetworkArn &&
    one.sourceVpcArn === other.sourceVpcArn &&
    one.sourceVpcId === other.sourceVpcId &&
    one.callerPrincipalOrgId === other.callerPrincipalOrgId &&
    one.callerPrincipalTags === other.callerPrincipalTags
  );
}
