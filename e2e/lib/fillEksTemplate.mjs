import { create, next, openTemplate, ownerIsChosen, review } from './form.mjs';

/** Goes through the pages of the template and presses Create. */
export async function fillEksTemplate(page, { name, cluster = 'commerce' }) {
  await openTemplate(page, 'lattice-eks-service');
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Description/).fill('Keeps the loyalty points');
  await ownerIsChosen(page);
  await next(page);
  await page.getByText('commerce (223344556677)').first().waitFor();
  // What the fields choose by themselves has to be there before something else is written.
  await page.getByText('company', { exact: true }).first().waitFor();
  await page.getByLabel(/^Name of the service network/).fill('company');
  await page.getByLabel(/^clusters-0/).fill(cluster);
  await page
    .getByLabel(/^Clone URL/)
    .fill(`https://git.example.com/commerce/${name}.git`);
  await next(page);
  await page.getByText('public-proxy').first().waitFor();
  await next(page);
  await page.getByLabel(/^Pods in each cluster/).waitFor();
  await next(page);
  await page.getByText('You may create something in account').waitFor();
  await review(page);
  await create(page);
}
