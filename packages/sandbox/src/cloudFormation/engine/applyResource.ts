import { isDeepStrictEqual } from 'node:util';
import { ResourceDefinition } from '../template/Template';
import { evaluate } from '../template/evaluate';
import { ResourceWorker } from './ResourceWorker';
import { ResourceVersion, StackResource, versionOf } from './Stack';
import { StackStore } from './StackStore';
import { compareResource, needsReplacement } from './compareResource';
import { removalPolicy } from './removalPolicy';
import { statusReason } from './errors';
import { resourceTags } from './resourceTags';
import { StackScope } from './stackScope';
import { StoppedError } from './waiting';

const REPLACING =
  'Requested update requires the creation of a new physical resource; hence creating one.';

interface ApplyOptions {
  stackId: string;
  logicalId: string;
  definition: ResourceDefinition;
  position: number;
  scope: StackScope;
  store: StackStore;
  worker: ResourceWorker;
  /** Aborts when the sandbox stops. */
  stopped: AbortSignal;
  /** Aborts when the sandbox stops, the operation is cancelled or another resource failed. */
  halted: AbortSignal;
}

type Evaluated = Pick<
  ResourceVersion,
  'type' | 'properties' | 'tags' | 'deletionPolicy' | 'position'
>;

/**
 * Makes, changes or replaces one resource, or finds that nothing is to be done.
 *
 * @returns whether that succeeded. A failure is in the resource's status and the stack's failures,
 * a cancellation in the status alone; a stop of the sandbox leaves the status in progress.
 */
export async function applyResource(options: ApplyOptions): Promise<boolean> {
  const { stackId, logicalId, store } = options;
  const existing = store.get(stackId).resources[logicalId];
  const isThere =
    existing?.physicalId !== undefined &&
    // What failed half-way is made anew rather than trusted.
    existing.status !== 'CREATE_FAILED';
  try {
    return await (isThere
      ? change(options, existing)
      : make(options, existing));
  } catch (error) {
    if (error instanceof StoppedError) {
      return false;
    }
    fail(options, isThere ? existing : undefined, error);
    return false;
  }
}

function fail(
  { stackId, logicalId, definition, store }: ApplyOptions,
  existing: StackResource | undefined,
  error: unknown,
): void {
  const reason = statusReason(error);
  store.addFailure(stackId, { logicalId, type: definition.Type, reason });
  store.setResourceStatus(
    stackId,
    logicalId,
    existing ? 'UPDATE_FAILED' : 'CREATE_FAILED',
    {
      statusReason: reason,
      ...(existing && { before: existing.before ?? versionOf(existing) }),
    },
  );
}

/** Waits as long as the resource takes; `false`, and the status said, when halted meanwhile. */
async function delay(
  { stackId, logicalId, store, worker, stopped, halted }: ApplyOptions,
  status: 'CREATE_FAILED' | 'UPDATE_FAILED',
  statusReasonText: string,
): Promise<boolean> {
  if (await worker.delay(halted)) {
    return true;
  }
  if (!stopped.aborted) {
    store.setResourceStatus(stackId, logicalId, status, {
      statusReason: statusReasonText,
    });
  }
  return false;
}

function evaluated(options: ApplyOptions): Evaluated {
  const { stackId, definition, position, scope, store, worker } = options;
  const { Type: type, Properties = {} } = definition;
  const properties = worker.check(
    type,
    evaluate(Properties, scope) as Record<string, unknown>,
  );
  return {
    type,
    properties,
    tags: resourceTags(store.get(stackId).tags, properties),
    deletionPolicy: removalPolicy(definition.DeletionPolicy),
    position,
  };
}

/** What is there of a resource that is not whole any more goes to the clean-up. */
function discard(
  { stackId, logicalId, store }: ApplyOptions,
  existing: StackResource | undefined,
): void {
  const { update } = store.get(stackId);
  if (!update || existing?.physicalId === undefined) {
    return;
  }
  store.update(stackId, {
    update: {
      ...update,
      obsolete: [
        ...update.obsolete,
        { logicalId, version: versionOf(existing), isRetained: false },
      ],
    },
  });
}

async function make(
  options: ApplyOptions,
  existing: StackResource | undefined,
): Promise<boolean> {
  const { stackId, logicalId, definition, position, store, worker } = options;
  const { update } = store.get(stackId);
  discard(options, existing);
  store.setResourceStatus(stackId, logicalId, 'CREATE_IN_PROGRESS', {
    logicalId,
    type: definition.Type,
    physicalId: undefined,
    properties: {},
    tags: {},
    attributes: {},
    deletionPolicy: removalPolicy(definition.DeletionPolicy),
    position,
    ...(update && { isAdded: true }),
  });
  if (!(await delay(options, 'CREATE_FAILED', 'Resource creation cancelled'))) {
    return false;
  }
  const version = evaluated(options);
  store.updateResource(stackId, logicalId, version);
  const created = await worker.create({
    stack: store.get(stackId),
    logicalId,
    version: { ...version, attributes: {} },
    exists: physicalId =>
      store.setResourceStatus(stackId, logicalId, 'CREATE_IN_PROGRESS', {
        physicalId,
        statusReason: 'Resource creation Initiated',
      }),
  });
  store.setResourceStatus(stackId, logicalId, 'CREATE_COMPLETE', created);
  return true;
}

async function change(
  options: ApplyOptions,
  existing: StackResource,
): Promise<boolean> {
  const { stackId, logicalId, store, worker } = options;
  const version = evaluated(options);
  const { type } = version;
  const changes = compareResource({ type, previous: existing, next: version });
  // A failed update may be half in effect: only another one makes sure.
  if (changes.length === 0 && existing.status !== 'UPDATE_FAILED') {
    return true;
  }
  if (needsReplacement(type, changes)) {
    return replace(options, existing, version);
  }
  const { physicalId, attributes, position } = existing;
  const next = { ...version, physicalId, attributes, position };
  store.setResourceStatus(stackId, logicalId, 'UPDATE_IN_PROGRESS', {
    ...versionOf(next),
    before: existing.before ?? versionOf(existing),
  });
  if (!(await delay(options, 'UPDATE_FAILED', 'Resource update cancelled'))) {
    return false;
  }
  const updated = await worker.update({
    stack: store.get(stackId),
    logicalId,
    version: next,
    previous: versionOf(existing),
  });
  store.setResourceStatus(stackId, logicalId, 'UPDATE_COMPLETE', {
    attributes: updated,
  });
  return true;
}

async function replace(
  options: ApplyOptions,
  existing: StackResource,
  version: Evaluated,
): Promise<boolean> {
  const { stackId, logicalId, store, worker } = options;
  refuseSameName(existing, version);
  if (existing.before && existing.physicalId !== existing.before.physicalId) {
    // Made by an earlier try of the same update.
    discard(options, existing);
  }
  const before = existing.before ?? versionOf(existing);
  store.setResourceStatus(stackId, logicalId, 'UPDATE_IN_PROGRESS', {
    statusReason: REPLACING,
    before,
  });
  if (!(await delay(options, 'UPDATE_FAILED', 'Resource update cancelled'))) {
    return false;
  }
  const created = await worker.create({
    stack: store.get(stackId),
    logicalId,
    version: { ...version, attributes: {} },
    exists: physicalId =>
      store.setResourceStatus(stackId, logicalId, 'UPDATE_IN_PROGRESS', {
        ...version,
        physicalId,
        attributes: {},
        statusReason: 'Resource creation Initiated',
      }),
  });
  store.setResourceStatus(stackId, logicalId, 'UPDATE_COMPLETE', {
    ...version,
    ...created,
  });
  return true;
}

/** Two resources of one name can't be there at the same time, so such a replacement can't begin. */
function refuseSameName(
  existing: StackResource,
  { properties }: Evaluated,
): void {
  const name = Object.keys(properties).find(
    key =>
      key.endsWith('Name') &&
      properties[key] === existing.physicalId &&
      isDeepStrictEqual(properties[key], existing.properties[key]),
  );
  if (name) {
    throw new Error(
      `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${existing.physicalId} and update the stack again.`,
    );
  }
}
