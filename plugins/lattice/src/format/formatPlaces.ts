import { parseArn } from '@lattice-portal/plugin-lattice-common';

/** The last part of an ARN; anything else as it is. */
export function shortArn(arn: string): string {
  const resource = parseArn(arn)?.resource;
  return resource ? resource.slice(resource.lastIndexOf('/') + 1) : arn;
}

/** `commerce (2233…)`, or the whole number where the account has no name. */
export function accountLabel(accountId: string, name?: string): string {
  return name ? `${name} (${accountId.slice(0, 4)}…)` : accountId;
}

/** `group:default/commerce` is `commerce`; a namespace other than default stays. */
export function entityLabel(entityRef: string): string {
  return entityRef.replace(/^[^:]+:/, '').replace(/^default\//, '');
}
