import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { readText } from '../readText';
import { LaunchRole, Product } from './Product';
import { productFileSchema } from './productFileSchema';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, without white space */
const MAXIMUM_ROLE_POLICY = 10_240;

/**
 * Reads the products of all template folders: `<directory>/<folder>/product/product.yaml`, by name.
 *
 * @throws InputError naming the file, when one can't be read or contradicts another.
 * @public
 */
export async function readProducts(directory: string): Promise<Product[]> {
  const folders = await readdir(directory, { withFileTypes: true }).catch(
    () => {
      throw new InputError(`There is no folder ${directory}`);
    },
  );
  const files = folders
    .filter(folder => folder.isDirectory())
    .map(({ name }) => join(directory, name, 'product', 'product.yaml'));
  const products = (await Promise.all(files.map(readIfThere))).flat();
  if (products.length === 0) {
    throw new InputError(
      `No product.yaml in ${join(directory, '*', 'product')}`,
    );
  }
  for (const [index, product] of products.entries()) {
    const rival = products
      .slice(0, index)
      .find(({ name }) => name === product.name);
    if (rival) {
      throw new InputError(
        `The product ${product.name} is described twice: for ${rival.templateFile} and ${product.templateFile}`,
      );
    }
  }
  collectLaunchRoles(products);
  return products.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The launch roles of products, each once.
 *
 * @throws InputError when products share a role, but not its policy.
 */
export function collectLaunchRoles(products: Product[]): LaunchRole[] {
  const roles = new Map<string, LaunchRole>();
  for (const { name, launchRole } of products) {
    const known = roles.get(launchRole.name);
    if (known && known.policy !== launchRole.policy) {
      throw new InputError(
        `The products of the launch role ${launchRole.name} give it different policies, ${name} among them`,
      );
    }
    roles.set(launchRole.name, launchRole);
  }
  return [...roles.values()];
}

async function readIfThere(file: string): Promise<Product[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    // A template without a product of its own.
    return [];
  }
  return readProductFile(file, text);
}

async function readProductFile(file: string, text: string): Promise<Product[]> {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw new InputError(`${file} is not YAML: ${(error as Error).message}`);
  }
  const { success, data, error } = productFileSchema.safeParse(document);
  if (!success) {
    throw new InputError(`${file}:\n${z.prettifyError(error)}`);
  }
  return Promise.all(
    data.products.map(async ({ template, launchRolePolicy, ...product }) => {
      const templateFile = join(dirname(file), template);
      return {
        ...product,
        templateFile,
        templateBody: await readText(templateFile),
        launchRole: {
          name: product.launchRole,
          policy: await readRolePolicy(join(dirname(file), launchRolePolicy)),
        },
      };
    }),
  );
}

async function readRolePolicy(file: string): Promise<string> {
  const text = await readText(file);
  let policy: string;
  try {
    policy = JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw new InputError(`${file} is not JSON: ${(error as Error).message}`);
  }
  const size = policy.replace(/\s/g, '').length;
  if (size > MAXIMUM_ROLE_POLICY) {
    throw new InputError(
      `${file} has ${size} characters without white space; IAM takes ${MAXIMUM_ROLE_POLICY} in the inline policies of a role`,
    );
  }
  return policy;
}
