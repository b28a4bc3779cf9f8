import { resolve } from 'node:path';
import { TestSandbox, startTestSandbox } from '@lattice-portal/sandbox';
import { readProducts } from '../descriptor/readProducts';
import { publishProducts } from '../publish/publishProducts';
import { readSettings } from '../settings/readSettings';

const templates = resolve(__dirname, '../../../../templates');

/** The products and settings of this repository. */
export async function readRepositoryTemplates() {
  return {
    products: await readProducts(templates),
    settings: await readSettings(resolve(templates, 'portfolios.yaml')),
  };
}

/** A sandbox that offers the products of this repository, as its settings say. */
export async function startProductSandbox(): Promise<TestSandbox> {
  const testSandbox = await startTestSandbox();
  await publishProducts({
    aws: testSandbox.clientConfig({ accountId: '001122334455' }),
    ...(await readRepositoryTemplates()),
  });
  return testSandbox;
}
