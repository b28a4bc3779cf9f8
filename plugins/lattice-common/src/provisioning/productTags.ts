/**
 * Key of the AWS tag that names the template which made a resource, as an entity reference. AWS puts the tags of a
 * provisioned product on all it makes.
 *
 * @public
 */
export const PRODUCT_TEMPLATE_TAG = 'lattice-portal:template';

/**
 * Key of the AWS tag that names the owner a resource was made for, as an entity reference.
 *
 * @public
 */
export const PRODUCT_OWNER_TAG = 'lattice-portal:owner';
