/** Tag of a provisioned product: entity reference of the template that made it. */
export const TEMPLATE_TAG = 'lattice-portal:template';
/** Tag of a provisioned product: the owner it was made for. */
export const OWNER_TAG = 'lattice-portal:owner';

/** Who made a product: a template, for an owner. */
export type ProductOrigin = {
  /** Entity reference. */
  template?: string;
  /** Entity reference. */
  owner?: string;
};

/** The tags that tell where a provisioned product comes from. AWS puts them on all it makes. */
export function tagsOf(
  origin: ProductOrigin,
): { Key: string; Value: string }[] {
  return [
    { Key: TEMPLATE_TAG, Value: origin.template },
    { Key: OWNER_TAG, Value: origin.owner },
  ].flatMap(({ Key, Value }) => (Value ? [{ Key, Value }] : []));
}

/** Reads what {@link tagsOf} wrote. */
export function originOf(
  tags: { Key?: string; Value?: string }[],
): ProductOrigin {
  const valueOf = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
  return { template: valueOf(TEMPLATE_TAG), owner: valueOf(OWNER_TAG) };
}
