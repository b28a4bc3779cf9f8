import { Product } from '../catalog';
import { invalidParameters } from './errors';

const FILTERS = ['FullTextSearch', 'Owner', 'ProductType'];

/**
 * Whether a product is one that `Filters` ask for: any of the values, of every filter.
 *
 * @throws AwsError on a filter that the sandbox doesn't know.
 */
export function matchesFilters(
  product: Product,
  filters: Record<string, string[]> = {},
): boolean {
  const unknown = Object.keys(filters).filter(key => !FILTERS.includes(key));
  if (unknown.length > 0) {
    throw invalidParameters(`Unsupported filters: ${unknown.join(', ')}`);
  }
  return Object.entries(filters).every(([key, values]) =>
    values.some(value => {
      const text = value.toLowerCase();
      if (key === 'Owner') {
        return product.owner.toLowerCase() === text;
      }
      if (key === 'ProductType') {
        return value === 'CLOUD_FORMATION_TEMPLATE';
      }
      return [product.name, product.owner, product.description ?? '']
        .join(' ')
        .toLowerCase()
        .includes(text);
    }),
  );
}
