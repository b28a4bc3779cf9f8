import type { Estate } from '../../estate/Estate';
import {
  CreateRequest,
  DeleteRequest,
  ResourceProvider,
  UpdateRequest,
} from '../providers/ResourceProvider';
import { findProvider } from '../providers/providers';
import { checkProperties } from '../resourceTypes/checkProperties';
import { findResourceType } from '../resourceTypes/resourceTypes';
import { CallOperation, Caller } from './Caller';
import { ResourceVersion, Stack } from './Stack';
import { isNotFound, isThrottled } from './errors';
import { generateName } from './generateName';
import { sleep, StoppedError } from './waiting';

const MAXIMUM_ATTEMPTS = 6;
const STABILIZATION_SECONDS = 60;

export interface ResourceWorkerOptions {
  estate: Estate;
  call: CallOperation;
  /** Milliseconds a resource takes, beyond the work itself. */
  resourceDelay: () => number;
  /** Aborts when the sandbox stops. */
  stopped: AbortSignal;
}

/** A physical resource of a stack, as its provider is to make, change or delete it. */
export interface ResourceWork {
  stack: Stack;
  logicalId: string;
  version: ResourceVersion;
}

/** Makes, changes and deletes single resources through their providers. */
export class ResourceWorker {
  constructor(private readonly options: ResourceWorkerOptions) {}

  /**
   * Checks the properties and the provider.
   *
   * @returns the properties with values of the right types.
   * @throws Error with the reason for the stack's events.
   */
  check(
    type: string,
    properties: Record<string, unknown>,
  ): Record<string, any> {
    const provider = findProvider(type);
    const resourceType = findResourceType(type);
    if (!provider || !resourceType) {
      throw new Error(`Resource type ${type} is not supported by the sandbox`);
    }
    const checked = checkProperties(resourceType, properties);
    if (checked.problems.length > 0) {
      throw new Error(
        `Properties validation failed for resource of type ${type} with message: [${checked.problems.join(
          '; ',
        )}]`,
      );
    }
    const unsupported = Object.keys(checked.properties).filter(
      name => provider.properties?.includes(name) === false,
    );
    if (unsupported.length > 0) {
      throw new Error(
        `The sandbox does not support [${unsupported.join(', ')}] of ${type}`,
      );
    }
    return checked.properties;
  }

  /** Makes the resource. `exists` is called as soon as there is something to delete again. */
  async create(
    work: ResourceWork & { exists(physicalId: string): void },
  ): Promise<{ physicalId: string; attributes: Record<string, unknown> }> {
    const request: CreateRequest = {
      ...this.#request(work),
      exists: work.exists,
    };
    const created = await this.#provider(work.version).create(request);
    return { attributes: {}, ...created };
  }

  /**
   * Changes the resource in place, from its present state to `version`.
   *
   * @returns all attributes.
   */
  async update(
    work: ResourceWork & { previous: ResourceVersion },
  ): Promise<Record<string, unknown>> {
    const { version, previous } = work;
    const provider = this.#provider(version);
    if (!provider.update) {
      throw new Error(
        `The sandbox does not support updating ${version.type} in place`,
      );
    }
    const request: UpdateRequest = {
      ...this.#request(work),
      physicalId: previous.physicalId!,
      attributes: previous.attributes,
      previousProperties: previous.properties,
      previousTags: previous.tags,
    };
    const { attributes } = (await provider.update(request)) ?? {};
    return { ...previous.attributes, ...attributes };
  }

  /** Deletes the resource; one that is not there any more counts as deleted. */
  async delete(work: ResourceWork): Promise<void> {
    const { version } = work;
    const request: DeleteRequest = {
      ...this.#request(work),
      physicalId: version.physicalId!,
      attributes: version.attributes,
    };
    try {
      await this.#provider(version).delete(request);
    } catch (error) {
      if (!isNotFound(error)) {
        throw error;
      }
    }
  }

  /** Waits as long as a resource takes; `false` when the signal aborted the wait. */
  delay(signal: AbortSignal): Promise<boolean> {
    return sleep(this.options.resourceDelay(), signal);
  }

  #provider({ type }: ResourceVersion): ResourceProvider {
    const provider = findProvider(type);
    if (!provider) {
      throw new Error(`Resource type ${type} is not supported by the sandbox`);
    }
    return provider;
  }

  #request({ stack, logicalId, version }: ResourceWork) {
    const { estate } = this.options;
    const { type, properties, tags } = version;
    const caller: Caller = {
      accountId: stack.accountId,
      region: stack.region,
      principalArn: stack.principalArn,
    };
    return {
      logicalId,
      type,
      properties,
      tags,
      caller,
      estate,
      generateName: (
        options: {
          maximumLength?: number;
          lowerCase?: boolean;
        } = {},
      ) => generateName({ stackName: stack.name, logicalId, ...options }),
      call: (
        service: string,
        operation: string,
        input: Record<string, unknown>,
      ) => this.#call(service, operation, input, caller),
      until: <T>(
        ask: () => Promise<T | undefined>,
        options?: { seconds?: number },
      ) => this.#until(ask, options),
    };
  }

  async #call(
    service: string,
    operation: string,
    input: Record<string, unknown>,
    caller: Caller,
  ): Promise<any> {
    const { call, stopped } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await call(service, operation, input, caller);
      } catch (error) {
        if (!isThrottled(error) || attempt === MAXIMUM_ATTEMPTS) {
          throw error;
        }
      }
      if (!(await sleep(2 ** attempt * 10, stopped))) {
        throw new StoppedError();
      }
    }
  }

  async #until<T>(
    ask: () => Promise<T | undefined>,
    { seconds = STABILIZATION_SECONDS }: { seconds?: number } = {},
  ): Promise<T> {
    const deadline = performance.now() + seconds * 1000;
    while (performance.now() < deadline) {
      const answer = await ask();
      if (answer !== undefined) {
        return answer;
      }
      if (!(await sleep(50, this.options.stopped))) {
        throw new StoppedError();
      }
    }
    throw new Error(
      `Exceeded attempts to wait: not stable after ${seconds} seconds`,
    );
  }
}
