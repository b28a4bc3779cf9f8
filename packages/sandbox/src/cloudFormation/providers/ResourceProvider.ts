import type { Estate } from '../../estate/Estate';
import type { Caller } from '../engine/Caller';

/** What a provider is given to make, change or delete a resource. */
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
  /** Waits until the answer is not `undefined`. Throws after a minute, or as many seconds as given. */
  until<T>(
    ask: () => Promise<T | undefined>,
    options?: { seconds?: number },
  ): Promise<T>;
}

export interface CreateRequest extends ResourceRequest {
  /** Says that something exists from now on, so that a failure in a later step deletes it again. */
  exists(physicalId: string): void;
}

/** The change of a resource in place, from what it was to `properties` and `tags`. */
export interface UpdateRequest extends ResourceRequest {
  physicalId: string;
  attributes: Record<string, unknown>;
  /**
   * The properties of before. After an update that failed half-way, and at its rollback, only some
   * of them are in effect: an update must come to its end from any point between the two.
   */
  previousProperties: Record<string, any>;
  previousTags: Record<string, string>;
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

export interface UpdatedResource {
  attributes?: Record<string, unknown>;
}

/** Makes, changes and deletes resources of one type. */
export interface ResourceProvider {
  type: string;
  /**
   * Properties it acts on; `undefined` for all of the type. A property that CloudFormation knows
   * but the sandbox can't honour fails the resource instead of being left out silently.
   */
  properties?: string[];
  create(request: CreateRequest): Promise<CreatedResource>;
  /**
   * Changes the resource in place; its physical id stays. Called only when properties or tags differ
   * and none that the type's specification marks as create-only does: those replace the resource
   * by `create`, and `delete` of the old one once the whole update succeeded. Without this method
   * an update of the resource fails.
   *
   * @returns the attributes that changed; others keep their values.
   */
  update?(request: UpdateRequest): Promise<UpdatedResource>;
  /**
   * Decides for a property that the specification says *may* need a new resource when it changes.
   * Default: it does.
   */
  replacesFor?(change: {
    name: string;
    previous: unknown;
    next: unknown;
  }): boolean;
  /** Errors that say the resource is not there count as deleted. */
  delete(request: DeleteRequest): Promise<void>;
}
