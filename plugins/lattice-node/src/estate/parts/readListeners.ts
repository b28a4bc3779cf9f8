import {
  GetListenerCommand,
  GetRuleCommand,
  paginateListListeners,
  paginateListRules,
  type ListenerSummary,
} from '@aws-sdk/client-vpc-lattice';
import type {
  Listener,
  ListenerRule,
} from '@lattice-portal/plugin-lattice-common';
import { targetGroupArn } from '../targetGroupArn';
import { allItems, type EstateReading } from '../EstateReading';
import { describeAction, describeMatch } from './describeRule';

/** The listeners of an own service with their rules, by priority, the default action last. */
export async function readListeners(
  reading: EstateReading,
  serviceArn: string,
): Promise<Listener[]> {
  const summaries = await reading.attempt(`listeners of ${serviceArn}`, () =>
    allItems(
      paginateListListeners(
        { client: reading.lattice },
        { serviceIdentifier: serviceArn },
        reading.callOptions,
      ),
      page => page.items,
    ),
  );
  return Promise.all(
    (summaries ?? []).map(summary =>
      readListener(reading, serviceArn, summary),
    ),
  );
}

async function readListener(
  reading: EstateReading,
  serviceArn: string,
  summary: ListenerSummary,
): Promise<Listener> {
  const { arn = '', id = '', name = id, protocol = '', port = 0 } = summary;
  const parents = { serviceIdentifier: serviceArn, listenerIdentifier: id };
  const [detail, rules] = await Promise.all([
    reading.attempt(arn, () =>
      reading.lattice.send(
        new GetListenerCommand(parents),
        reading.callOptions,
      ),
    ),
    reading.attempt(`rules of ${arn}`, () =>
      allItems(
        paginateListRules(
          { client: reading.lattice },
          parents,
          reading.callOptions,
        ),
        page => page.items,
      ),
    ),
  ]);
  const defaultRule = rules?.find(rule => rule.isDefault);
  const read = await Promise.all(
    (rules ?? [])
      .filter(rule => !rule.isDefault && rule.id)
      .map(rule => readRule(reading, { ...parents, ruleIdentifier: rule.id! })),
  );
  const own = read
    .filter(rule => rule !== undefined)
    .sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
  const last: ListenerRule[] =
    (detail && [
      withArns(reading, {
        id: defaultRule?.id ?? 'default',
        name: defaultRule?.name ?? 'default',
        match: 'default',
        ...describeAction(detail.defaultAction),
      }),
    ]) ||
    [];
  return { arn, id, name, protocol, port, rules: [...own, ...last] };
}

async function readRule(
  reading: EstateReading,
  identifiers: {
    serviceIdentifier: string;
    listenerIdentifier: string;
    ruleIdentifier: string;
  },
): Promise<ListenerRule | undefined> {
  const { serviceIdentifier, ruleIdentifier } = identifiers;
  const rule = await reading.attempt(
    `rule ${ruleIdentifier} of ${serviceIdentifier}`,
    () =>
      reading.lattice.send(
        new GetRuleCommand(identifiers),
        reading.callOptions,
      ),
  );
  return (
    rule &&
    withArns(reading, {
      id: ruleIdentifier,
      name: rule.name ?? ruleIdentifier,
      priority: rule.priority,
      match: describeMatch(rule.match),
      ...describeAction(rule.action),
    })
  );
}

/** A rule may name its target groups by id: they are in the service's account. */
function withArns(reading: EstateReading, rule: ListenerRule): ListenerRule {
  return {
    ...rule,
    targetGroups: rule.targetGroups.map(group => ({
      ...group,
      targetGroupArn: targetGroupArn(reading, group.targetGroupArn),
    })),
  };
}
