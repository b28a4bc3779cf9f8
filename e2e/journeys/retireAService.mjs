import assert from 'node:assert/strict';
import { signIn } from '../lib/browser.mjs';
import { openTemplate, next, review, create } from '../lib/form.mjs';
import { waitForSuccess } from '../lib/run.mjs';

/** The owner ends a service: looks what would go, then lets it go. */
export async function retireAService({ openPage }) {
  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');
  await fillRetireTemplate(page, { name: 'gift-cards' });
  await waitForSuccess(page);
  await page.getByText('What would go').waitFor();
  await page
    .getByText(/To remove: provisioned product gift-cards/)
    .first()
    .waitFor();
  await retire(page, { name: 'gift-cards' });
}

/** Retires a service that the signed-in person owns, and waits until it is gone. */
export async function retire(page, { name }) {
  await fillRetireTemplate(page, { name, forGood: true });
  await waitForSuccess(page);
  await page.getByText('What is gone').waitFor();
  assert.equal(await page.getByText('(left)').count(), 0, 'nothing is left');
  await page.goto(`/catalog/default/component/${name}`);
  await page
    .getByText(/not found/i)
    .first()
    .waitFor();
}

async function fillRetireTemplate(page, { name, forGood = false }) {
  await openTemplate(page, 'lattice-retire-service');
  await page.getByLabel(/^Service/).fill(name);
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click();
  if (forGood) {
    await page.getByLabel('Retire it for good').check();
  }
  await page.getByLabel(/^Its name, once more/).fill(name);
  await next(page);
  await review(page);
  await create(page);
}
