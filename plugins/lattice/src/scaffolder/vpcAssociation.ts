import type { z as zod } from 'zod/v3';

/** Whether the VPC of the form has to be associated with the service network. */
export interface VpcAssociationOptions {
  /** `needed`: something in the VPC calls out. `absent`: the VPC is about to be associated. Absent: either will do. */
  vpcAssociation?: 'needed' | 'absent';
  /** Values that fields of the form have to have for `vpcAssociation` to count, such as `{ callsOthers: true }`. */
  vpcAssociationWhen?: Record<string, unknown>;
}

/** The options in the schema of a field. */
export function vpcAssociationOptions(z: typeof zod) {
  return {
    vpcAssociation: z.enum(['needed', 'absent']).optional(),
    vpcAssociationWhen: z.record(z.unknown()).optional(),
  };
}

/** What counts by what the form holds now. */
export function vpcAssociationOf(
  options: VpcAssociationOptions | undefined,
  formData: Record<string, unknown> | undefined,
): VpcAssociationOptions['vpcAssociation'] {
  const { vpcAssociation, vpcAssociationWhen = {} } = options ?? {};
  return Object.entries(vpcAssociationWhen).every(
    ([field, value]) => formData?.[field] === value,
  )
    ? vpcAssociation
    : undefined;
}
