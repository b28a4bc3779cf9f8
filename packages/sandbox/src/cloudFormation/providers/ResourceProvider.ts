import type { Estate } from '../../estate/Estate';
import type { Caller } from '../engine/Caller';

/** What a provider is given to make or delete a resource. */
export interface ResourceRequest {
  logicalId: string;
  type: string;
  /** Functions evaluated, checked against the type. */
  properties: Record<string, any>;
  /** Tags of the stack and of the resource itself; the latter win. */
  tags: Record<string, string>;
  caller: Caller;
  estate: Estate;
  /** A name for a resource that the template leaves unnamed: stack, logical id and random letters. */
  generateName(options?: {
    maximumLength?: number;
    lowerCase?: boolean;
  }): string;
  /** Calls an operation as the stack's caller; tries again when throttled. */
  call(
    service: string,
    operation: string,
    input: Record<string, unknown>,
  ): Promise<any>;
  /** Waits until the answer is not `undefined`. Throws after a minute. */
  until<T>(ask: () => Promise<T | undefined>): Promise<T>;
}

export interface CreateRequest extends ResourceRequest {
  /** Says that something exists from now on, so that a failure in a later step deletes it again. */
  exists(physicalId: string): void;
}

export interface DeleteRequest extends ResourceRequest {
  physicalId: string;
  attributes: Record<string, unknown>;
}

export interface CreatedResource {
  /** What `Ref` gives. */
  physicalId: string;
  /** What `Fn::GetAtt` gives; keys may have dots. */
  attributes?: Record<string, unknown>;
}

/** Makes and deletes resources of one type. */
export interface ResourceProvider {
  type: string;
  /**
   * Properties it acts on; `undefined` for all of the type. A property that CloudFormation knows
   * but the sandbox can't honour fails the resource instead of being left out silently.
   */
  properties?: string[];
  create(request: CreateRequest): Promise<CreatedResource>;
  /** Errors that say the resource is not there count as deleted. */
  delete(request: DeleteRequest): Promise<void>;
}
