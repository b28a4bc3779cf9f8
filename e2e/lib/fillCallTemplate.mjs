import { choose, create, next, openTemplate, review } from './form.mjs';

/** Goes through the pages of the template and presses Create. */
export async function fillCallTemplate(page, { component, service }) {
  await openTemplate(page, 'lattice-call-service');
  await page.getByLabel(/^Component/).fill(component);
  await page.getByRole('option', { name: component }).first().click();
  await page.getByText('commerce (223344556677)').first().waitFor();
  await choose(page, 'Role', /FunctionRole/);
  await next(page);
  await choose(page, 'Service', service);
  await page.getByLabel(/^Reason/).fill('Gift cards are paid for');
  await next(page);
  await choose(page, 'VPC', 'commerce');
  await next(page);
  await page.getByText('You may create something in account').waitFor();
  await review(page);
  await create(page);
}
