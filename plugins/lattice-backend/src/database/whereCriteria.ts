import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import type { InvolvedParties } from './DeniedRequestStore';

/**
 * Narrows a query of denied requests or causes to what a viewer may see. Without criteria: all.
 */
export function whereCriteria(
  builder: Knex.QueryBuilder,
  criteria: PermissionCriteria<InvolvedParties> | undefined,
): void {
  if (!criteria) {
    return;
  }
  if ('allOf' in criteria) {
    for (const part of criteria.allOf) {
      builder.andWhere(nested => whereCriteria(nested, part));
    }
  } else if ('anyOf' in criteria) {
    for (const part of criteria.anyOf) {
      builder.orWhere(nested => whereCriteria(nested, part));
    }
  } else if ('not' in criteria) {
    builder.whereNot(nested => whereCriteria(nested, criteria.not));
  } else {
    builder
      .whereIn('service_arn', criteria.serviceArns)
      .orWhereIn('caller_account_id', criteria.callerAccountIds);
  }
}
