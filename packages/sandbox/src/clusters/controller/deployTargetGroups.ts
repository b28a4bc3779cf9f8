import { randomBytes } from 'node:crypto';
import { hasTags } from './controllerTags';
import type { LatticeAccount, TaggedResource } from './LatticeAccount';
import type { TargetGroupModel } from './Model';

/** Letters at the end of a target group's name. */
const SUFFIX = 10;

/**
 * Makes a target group what it is to be, with its targets. What can't be changed in place, such as the
 * protocol, makes another group.
 *
 * @returns its id.
 */
export async function deployTargetGroup(
  lattice: LatticeAccount,
  model: TargetGroupModel,
  existing: TaggedResource[],
): Promise<string> {
  const { config, identity, tags } = model;
  const found = existing.find(group => isSame(group, model));
  const group =
    found ??
    (await lattice.call('CreateTargetGroup', {
      name: `${model.prefix}-${letters()}`,
      type: 'IP',
      config,
      tags: lattice.tags(tags, identity),
    }));
  if (found) {
    await lattice.keepTags(found, tags);
    const { config: current } = await lattice.call('GetTargetGroup', {
      targetGroupIdentifier: found.id,
    });
    if (!isCovered(config.healthCheck ?? {}, current.healthCheck ?? {})) {
      await lattice.call('UpdateTargetGroup', {
        targetGroupIdentifier: found.id,
        healthCheck: config.healthCheck,
      });
    }
  }
  await deployTargets(lattice, group.id, model.targets);
  return group.id;
}

/** Whether a target group of the account is that of the model. */
export function isSame(
  group: TaggedResource,
  { identity, config }: TargetGroupModel,
): boolean {
  return (
    hasTags(group.tags, identity) &&
    group.type === 'IP' &&
    group.protocol === config.protocol &&
    Number(group.port) === config.port &&
    group.vpcIdentifier === config.vpcIdentifier &&
    (group.ipAddressType ?? 'IPV4') === config.ipAddressType
  );
}

async function deployTargets(
  lattice: LatticeAccount,
  id: string,
  endpoints: TargetGroupModel['targets'],
): Promise<void> {
  const key = (target: { id: string; port?: number }) =>
    `${target.id}:${target.port}`;
  const wanted = endpoints.map(({ address, port }) => ({ id: address, port }));
  const current: { id: string; port: number; status: string }[] =
    await lattice.list('ListTargets', { targetGroupIdentifier: id });
  const there = new Set(current.map(key));
  const added = wanted.filter(target => !there.has(key(target)));
  const keys = new Set(wanted.map(key));
  const removed = current
    .filter(target => target.status !== 'DRAINING' && !keys.has(key(target)))
    .map(target => ({ id: target.id, port: target.port }));
  if (added.length > 0) {
    const { unsuccessful } = await lattice.call('RegisterTargets', {
      targetGroupIdentifier: id,
      targets: added,
    });
    if (unsuccessful?.length > 0) {
      throw new Error(unsuccessful[0].failureMessage);
    }
  }
  if (removed.length > 0) {
    await lattice.call('DeregisterTargets', {
      targetGroupIdentifier: id,
      targets: removed,
    });
  }
}

function letters(): string {
  return [...randomBytes(SUFFIX)]
    .map(byte => String.fromCharCode(97 + (byte % 26)))
    .join('');
}

/** Whether what is wanted is there; AWS fills in what nobody asked for. */
function isCovered(wanted: any, current: any): boolean {
  if (wanted === undefined) {
    return true;
  }
  return typeof wanted === 'object' && wanted !== null
    ? Object.entries(wanted).every(([key, value]) =>
        isCovered(value, current?.[key]),
      )
    : wanted === current;
}
