import {
  choose,
  create,
  next,
  openTemplate,
  ownerIsChosen,
  review,
} from './form.mjs';

/** Goes through the pages of the template and presses Create. */
export async function fillLambdaTemplate(page, answers) {
  await answerLambdaTemplate(page, answers);
  await review(page);
  await create(page);
}

/**
 * Goes through the pages of the template, up to the last one.
 *
 * @param answers - Besides the name: `methods` to allow besides GET, `calls: { securityGroup }` for a function that
 * calls other services from the VPC of its account.
 */
export async function answerLambdaTemplate(page, answers) {
  const {
    name,
    description = 'Keeps gift cards',
    methods = [],
    calls,
  } = answers;
  await openTemplate(page, 'lattice-lambda-service');
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Description/).fill(description);
  await ownerIsChosen(page);
  await next(page);
  await page.getByText('commerce (223344556677)').first().waitFor();
  await page.getByText('company').first().waitFor();
  await next(page);
  await page.getByText('public-proxy').first().waitFor();
  for (const method of methods) {
    await page.getByLabel(method, { exact: true }).check({ force: true });
  }
  await next(page);
  await page.getByLabel(/^Host name of its own/).waitFor();
  if (calls) {
    await page.getByLabel('It calls other services').check();
    await choose(page, 'VPC', 'commerce');
    await choose(page, 'Subnets', 'private-a', 'private-b');
    await page
      .getByLabel('Security group of the association')
      .fill(calls.securityGroup);
  }
  await next(page);
  await page.getByText('You may create something in account').waitFor();
}
