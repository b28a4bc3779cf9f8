import {
  PRODUCT_OWNER_TAG,
  PRODUCT_TEMPLATE_TAG,
} from '@lattice-portal/plugin-lattice-common';

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
    { Key: PRODUCT_TEMPLATE_TAG, Value: origin.template },
    { Key: PRODUCT_OWNER_TAG, Value: origin.owner },
  ].flatMap(({ Key, Value }) => (Value ? [{ Key, Value }] : []));
}

/** Reads what {@link tagsOf} wrote. */
export function originOf(
  tags: { Key?: string; Value?: string }[],
): ProductOrigin {
  const valueOf = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
  return {
    template: valueOf(PRODUCT_TEMPLATE_TAG),
    owner: valueOf(PRODUCT_OWNER_TAG),
  };
}
