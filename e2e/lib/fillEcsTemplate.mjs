import {
  choose,
  create,
  next,
  openTemplate,
  ownerIsChosen,
  review,
} from './form.mjs';

/** What the form calls a service behind a load balancer. */
export const BALANCER = 'An internal Application Load Balancer';

/** Goes through the pages of the template and presses Create. */
export async function fillEcsTemplate(page, { name, shape }) {
  await openTemplate(page, 'lattice-ecs-service');
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Description/).fill('Keeps lists');
  await ownerIsChosen(page);
  await next(page);
  await page.getByText('commerce (223344556677)').first().waitFor();
  await page.getByText('company').first().waitFor();
  await choose(page, 'VPC', 'commerce');
  await choose(page, 'Subnets', 'private-a', 'private-b');
  await page.getByText(/^pl-/).first().waitFor();
  await next(page);
  await page.getByText('public-proxy').first().waitFor();
  await next(page);
  await page.getByLabel(/^Tasks at least/).waitFor();
  await next(page);
  await page.getByText('What is in front of it').first().waitFor();
  await page.getByLabel(/^Shape/).waitFor();
  if (shape) {
    await page.getByLabel(/^Shape/).click();
    await page.getByRole('option', { name: shape }).click();
    await page.getByLabel(/^Host name of its own/).fill(`${name}.example.com`);
    await choose(page, 'Certificate', 'example.com');
  }
  await next(page);
  await page.getByText('You may create something in account').waitFor();
  await review(page);
  await create(page);
}
