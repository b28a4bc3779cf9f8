import type { OperationContext } from '../../operations/OperationHandler';
import { CatalogStore, LaunchPath } from '../CatalogStore';
import { Product, ProvisioningArtifact } from '../catalog';
import { invalidParameters, noLaunchPaths, notFound } from './errors';

/**
 * The product an input names by `ProductId`, `ProductName`, `Id` or `Name`.
 *
 * @throws AwsError when the caller's account can't get at such a product.
 */
export function chooseProduct(
  store: CatalogStore,
  input: { id?: string; name?: string },
  context: OperationContext,
): Product {
  const { id, name } = input;
  if (!id && !name) {
    throw invalidParameters('Either a product id or a product name is needed');
  }
  const product = store
    .productsFor(context)
    .find(candidate => (id ? candidate.id === id : candidate.name === name));
  if (!product) {
    throw notFound(`Product ${id ?? name} not found.`);
  }
  return product;
}

/** The version an input names. Throws AwsError when there is no such version. */
export function chooseArtifact(
  product: Product,
  input: { id?: string; name?: string },
): ProvisioningArtifact {
  const { id, name } = input;
  if (!id && !name) {
    throw invalidParameters(
      'Either a provisioning artifact id or a provisioning artifact name is needed',
    );
  }
  const artifact = product.artifacts.find(candidate =>
    id ? candidate.id === id : candidate.name === name,
  );
  if (!artifact) {
    throw notFound(
      `Provisioning artifact ${id ?? name} of product ${product.id} not found.`,
    );
  }
  return artifact;
}

/** The path an input names, or the only one there is. */
export function choosePath(
  store: CatalogStore,
  product: Product,
  input: { id?: string; name?: string },
  context: OperationContext,
): LaunchPath {
  const { id, name } = input;
  const paths = store.pathsTo(product.id, context);
  if (paths.length === 0) {
    throw noLaunchPaths(product.id);
  }
  if (!id && !name) {
    if (paths.length > 1) {
      throw invalidParameters(
        `Product ${product.id} has several launch paths: PathId is needed`,
      );
    }
    return paths[0];
  }
  const path = paths.find(candidate =>
    id ? candidate.id === id : candidate.portfolio.displayName === name,
  );
  if (!path) {
    throw notFound(`Launch path ${id ?? name} not found.`);
  }
  return path;
}
