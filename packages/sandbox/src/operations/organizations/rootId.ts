import type { Organization } from '../../estate/resources';

/** The id of an organization's root, `r-` and some of the organization's own. */
export function rootId({ id }: Organization): string {
  return `r-${id.replace(/^o-/, '').slice(0, 4)}`;
}
