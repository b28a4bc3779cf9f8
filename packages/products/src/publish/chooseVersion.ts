import { ConflictError } from '@backstage/errors';
import { Product } from '../descriptor/Product';
import { templateHash } from './templateHash';

/** A version that is published already. */
export interface PublishedVersion {
  id: string;
  name: string;
  description: string;
  isActive: boolean;
  isDeprecated: boolean;
}

/** What a version's description says, so that a later publication knows what it was made from. */
export function versionDescription({ templateBody }: Product): string {
  return `Template SHA-256 ${templateHash(templateBody)}`;
}

/**
 * The version that a product is to be offered in: one that is published already, or the name of a new
 * one.
 *
 * @throws ConflictError when the template differs from what was published under the same version, and
 * `snapshot` is not set.
 */
export function chooseVersion(options: {
  product: Product;
  published: PublishedVersion[];
  snapshot: boolean;
}): { existing: PublishedVersion } | { newName: string } {
  const { product, published, snapshot } = options;
  const description = versionDescription(product);
  const named = (name: string) =>
    published.find(version => version.name === name);
  const existing = named(product.version);
  if (!existing) {
    return { newName: product.version };
  }
  if (existing.description === description) {
    return { existing };
  }
  if (!snapshot) {
    throw new ConflictError(
      `${product.templateFile} is not what was published as version ${product.version} of ${product.name}: raise the version in its product.yaml`,
    );
  }
  const hash = templateHash(product.templateBody).slice(0, 8);
  const newName = `${product.version}-${hash}`;
  const same = named(newName);
  return same ? { existing: same } : { newName };
}
