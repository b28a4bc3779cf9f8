import type { PolicyJson } from '../../estate/resources';

function list(value: unknown): unknown[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

/** Whether a role's trust policy lets an AWS service assume it. */
export function trusts(trustPolicy: PolicyJson, service: string): boolean {
  return list(trustPolicy.Statement).some((statement: any) => {
    const principals = list(statement?.Principal?.Service);
    const actions = list(statement?.Action);
    return (
      statement?.Effect === 'Allow' &&
      principals.includes(service) &&
      actions.includes('sts:AssumeRole')
    );
  });
}
