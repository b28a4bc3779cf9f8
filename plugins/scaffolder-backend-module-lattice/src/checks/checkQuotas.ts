import type { CheckResult, LaunchCheck } from './LaunchCheck';
import type { LaunchFacts, Quota } from './LaunchFacts';
import type { Reading } from './Reading';

interface Use {
  /** Names as Service Quotas has had them: https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html */
  quota: RegExp;
  what: string;
  count: Reading<number> | undefined;
  quotas: Reading<Quota[]> | undefined;
  owner: string;
}

/** There is room for one more service, target group and association. */
export const checkQuotas: LaunchCheck = (request, facts) => {
  const { serviceName, serviceNetworkArn, ownServiceArn } = request;
  if (!serviceName || ownServiceArn) {
    return undefined;
  }
  const { region, accountId } = request;
  const account = `account ${accountId}`;
  const networkOwner = serviceNetworkArn?.split(':')[4] ?? accountId;
  const uses: Use[] = [
    {
      quota: /^services per (aws )?region$/i,
      what: `services in ${region}`,
      count: countOf(facts.services),
      quotas: facts.quotas,
      owner: account,
    },
    {
      quota: /^target groups per (aws )?region$/i,
      what: `target groups in ${region}`,
      count: facts.targetGroupCount,
      quotas: facts.quotas,
      owner: account,
    },
    {
      quota: /^service associations per service network$/i,
      what: `services associated with ${serviceNetworkArn}`,
      count: countOf(facts.associatedServices),
      quotas: facts.networkQuotas,
      owner: `account ${networkOwner}`,
    },
  ];
  const results = uses.flatMap(use => checkUse(use) ?? []);
  return {
    refusals: results.flatMap(({ refusals }) => refusals),
    unchecked: [...new Set(results.flatMap(({ unchecked }) => unchecked))],
  };
};

function checkUse(use: Use): CheckResult | undefined {
  const { quota, what, count, quotas, owner } = use;
  if (!count || !quotas) {
    return undefined;
  }
  const unreadable = [count, quotas].find(fact => fact.status === 'unreadable');
  if (unreadable?.status === 'unreadable') {
    const { reason } = unreadable;
    return { refusals: [], unchecked: [`the quotas of ${owner} (${reason})`] };
  }
  if (count.status !== 'read' || quotas.status !== 'read') {
    return undefined;
  }
  const limit = quotas.value.find(({ name }) => quota.test(name));
  if (!limit) {
    return {
      refusals: [],
      unchecked: [`the quota for ${what} (Service Quotas doesn't list it)`],
    };
  }
  return {
    refusals:
      count.value >= limit.value
        ? [
            `There are ${count.value} ${what}, and the quota '${limit.name}' of ${owner} is ${limit.value}. Ask AWS for more under Service Quotas in that account, or retire services that aren't needed.`,
          ]
        : [],
    unchecked: [],
  };
}

function countOf(list: LaunchFacts['services']): Reading<number> | undefined {
  return list?.status === 'read'
    ? { status: 'read', value: list.value.length }
    : list;
}
