import { setTimeout } from 'node:timers/promises';
import { FOR_WORK } from './patience.mjs';

const BETWEEN_LOOKS = 1_000;

/**
 * Opens the page of an entity that the portal makes of the estate. A page shows what the catalog had when it was
 * opened, and such entities come in after the first look at the estate: so it is opened until there is one.
 */
export async function openEntity(page, path) {
  const end = Date.now() + FOR_WORK;
  const missing = page.getByText('Entity not found');
  const tab = page.getByText('VPC Lattice', { exact: true });
  for (;;) {
    await page.goto(path);
    await tab.or(missing).first().waitFor();
    if (await tab.isVisible()) {
      return;
    }
    if (Date.now() > end) {
      throw new Error(`The catalog has no ${path}`);
    }
    await setTimeout(BETWEEN_LOOKS);
  }
}
