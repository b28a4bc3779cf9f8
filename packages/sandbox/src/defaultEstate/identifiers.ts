import { createHash } from 'node:crypto';

/** The label after the service's own in every domain name that VPC Lattice makes in a region. */
const DOMAIN_LABEL = '7d67968';

function hexOf(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** An id as AWS writes them, always the same for the same kind and name: `svc-0` and 16 hex digits. */
export function stableId(prefix: string, name: string): string {
  return `${prefix}-0${hexOf(`${prefix}/${name}`, 16)}`;
}

/** A unique role id, `AROA` and 17 letters and digits. */
export function stableRoleId(arn: string): string {
  return `AROA${hexOf(arn, 17).toUpperCase()}`;
}

/** A UUID, always the same for the same name. */
export function stableUuid(name: string): string {
  const hex = hexOf(name, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/** The domain name VPC Lattice gives to a service. */
export function serviceDomainName(options: {
  name: string;
  id: string;
  region: string;
}): string {
  const { name, id, region } = options;
  const suffix = id.replace(/^svc-/, '');
  return `${name}-${suffix}.${DOMAIN_LABEL}.vpc-lattice-svcs.${region}.on.aws`;
}
