import { resolve } from 'node:path';
import { readProducts } from '../descriptor/readProducts';
import { readSettings } from '../settings/readSettings';

const templates = resolve(__dirname, '../../../../templates');

/** The products and settings of this repository. */
export async function readRepositoryTemplates() {
  return {
    products: await readProducts(templates),
    settings: await readSettings(resolve(templates, 'portfolios.yaml')),
  };
}
