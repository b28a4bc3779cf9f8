import {
  type EstateSnapshot,
  parseArn,
  PRODUCT_OWNER_TAG,
  PRODUCT_TEMPLATE_TAG,
  type ProvisioningPlan,
  type ReadResult,
  type Service,
} from '@lattice-portal/plugin-lattice-common';
import type { ReadPlace } from '@lattice-portal/plugin-lattice-node';
import type { EstateIndex } from '../estate/EstateIndex';
import type { Count, TakenBy } from './checks/PlanFacts';

type MaySee = (arn: string) => boolean;

/** Services of an account and Region with a name, which is unique there. */
export function servicesWithName(options: {
  index: EstateIndex;
  place: ReadPlace;
  serviceName: string;
  maySee: MaySee;
}): ReadResult<TakenBy> {
  const { index, place, serviceName, maySee } = options;
  const taken = servicesIn(index, place).filter(
    ({ name }) => name === serviceName,
  );
  return found(taken, maySee, whyMissing(index, place, 'services'));
}

/** Whether a template made something for an owner, by its tags. */
export function isMadeBy(
  tags: Record<string, string> | undefined,
  madeBy: ProvisioningPlan['madeBy'],
): boolean {
  return (
    madeBy !== undefined &&
    tags?.[PRODUCT_TEMPLATE_TAG] === madeBy.template &&
    tags?.[PRODUCT_OWNER_TAG] === madeBy.owner
  );
}

/** The service that the plan changes: made under that name by the same template, for the same owner. */
export function serviceToChange(options: {
  index: EstateIndex;
  place: ReadPlace;
  plan: Pick<ProvisioningPlan, 'serviceName' | 'madeBy'>;
}): Service | undefined {
  const { index, place, plan } = options;
  const { serviceName, madeBy } = plan;
  return (
    madeBy &&
    servicesIn(index, place).find(
      ({ name, tags }) => name === serviceName && isMadeBy(tags, madeBy),
    )
  );
}

/**
 * Services with a custom domain name in a network, in which it is unique; without a network, in the whole estate.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-custom-domain-name.html
 */
export function servicesWithDomain(options: {
  index: EstateIndex;
  domainName: string;
  networkArn?: string;
  /** ARN of a service that may have it. */
  exceptArn?: string;
  maySee: MaySee;
}): ReadResult<TakenBy> {
  const { index, domainName, networkArn, exceptArn, maySee } = options;
  const wanted = domainName.toLocaleLowerCase('en-US');
  const taken = [...index.services.values()].filter(
    ({ arn, customDomainName }) =>
      arn !== exceptArn &&
      customDomainName?.toLocaleLowerCase('en-US') === wanted &&
      (!networkArn || index.networksOfService(arn).includes(networkArn)),
  );
  const unread = index.snapshots
    .filter(snapshot => gapOf(snapshot, 'services'))
    .map(({ accountId }) => accountId);
  return found(
    taken,
    maySee,
    unread.length > 0
      ? `the services of account ${[...new Set(unread)].join(
          ', ',
        )} are not known`
      : undefined,
  );
}

/** ARNs of the service networks that a service is associated with. */
export function networksOfCalled(options: {
  index: EstateIndex;
  serviceArn: string;
  maySee: MaySee;
}): ReadResult<string> {
  const { index, serviceArn, maySee } = options;
  const { accountId = '', region = '' } = parseArn(serviceArn) ?? {};
  if (!maySee(serviceArn)) {
    return { status: 'unknown', reason: 'it is no service that you may see' };
  }
  const items = index.networksOfService(serviceArn);
  const missing = whyMissing(
    index,
    { accountId, region },
    'serviceAssociations',
  );
  return items.length === 0 && missing
    ? { status: 'unknown', reason: missing }
    : { status: 'read', items };
}

export function countServices(index: EstateIndex, place: ReadPlace): Count {
  const missing = whyMissing(index, place, 'services');
  return missing
    ? { status: 'unknown', reason: missing }
    : { status: 'known', count: servicesIn(index, place).length };
}

export function countAssociations(
  index: EstateIndex,
  networkArn: string,
): Count {
  const { accountId = '', region = '' } = parseArn(networkArn) ?? {};
  const missing = whyMissing(
    index,
    { accountId, region },
    'serviceAssociations',
  );
  return missing
    ? { status: 'unknown', reason: missing }
    : {
        status: 'known',
        count: index.serviceAssociations.filter(
          ({ serviceNetworkArn }) => serviceNetworkArn === networkArn,
        ).length,
      };
}

/** What is found counts although other places are not known. */
function found(
  services: Service[],
  maySee: MaySee,
  missing: string | undefined,
): ReadResult<TakenBy> {
  if (services.length === 0 && missing) {
    return { status: 'unknown', reason: missing };
  }
  return {
    status: 'read',
    items: services.map(({ arn, name, accountId }) => ({
      description: maySee(arn)
        ? `service ${name} in account ${accountId}`
        : 'a service that you may not see',
    })),
  };
}

function servicesIn(
  index: EstateIndex,
  { accountId, region }: ReadPlace,
): Service[] {
  return [...index.services.values()].filter(
    service => service.accountId === accountId && service.region === region,
  );
}

/** Why a part of an account and Region is not known. Absent: it is. */
function whyMissing(
  index: EstateIndex,
  place: ReadPlace,
  part: string,
): string | undefined {
  const snapshot = index.snapshot(place);
  return snapshot
    ? gapOf(snapshot, part)
    : `the portal does not read account ${place.accountId} in ${place.region}`;
}

function gapOf(snapshot: EstateSnapshot, part: string): string | undefined {
  const { estate, accountId, region, error } = snapshot;
  if (!estate) {
    return (
      error?.message ?? `account ${accountId} in ${region} was not read yet`
    );
  }
  const gap = estate.gaps.find(
    ({ part: missing, keptFrom }) =>
      keptFrom === undefined &&
      (missing === part || missing.startsWith(`${part} of `)),
  );
  return gap?.reason;
}
