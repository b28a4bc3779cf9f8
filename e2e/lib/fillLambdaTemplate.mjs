/** Goes through the pages of the template and presses Create. */
export async function fillLambdaTemplate(page, { name }) {
  await page.goto('/create/templates/default/lattice-lambda-service');
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Description/).fill('Keeps gift cards');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('commerce (223344556677)').first().waitFor();
  await page.getByText('company').first().waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('public-proxy').first().waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel(/^Host name of its own/).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('You may create something in account').waitFor();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
}
