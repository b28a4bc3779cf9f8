/** Opens the form of a template. */
export async function openTemplate(page, template) {
  await page.goto(`/create/templates/default/${template}`);
}

/** Goes on to the next page of the form, once it is there. */
export async function next(page) {
  await page.getByRole('button', { name: 'Next' }).click();
}

/**
 * Waits until the form has chosen the owner by itself. Before that, the browser doesn't let the page go, as something
 * that is required is missing.
 */
export async function ownerIsChosen(page) {
  await page
    .getByLabel(/^Owner/)
    .and(page.locator('input:not([value=""])'))
    .waitFor();
}

/** What starts the run: templates that take something away create nothing. */
const startButton = page =>
  page.getByRole('button', { name: /^(Create|Go on)$/ });

/** From the last page of the form to the page that sums the answers up. */
export async function review(page) {
  await page.getByRole('button', { name: 'Review' }).click();
  await startButton(page).waitFor();
}

/** Starts the run. */
export async function create(page) {
  await startButton(page).click();
  await page.waitForURL(/\/create\/tasks\//);
}

/** Chooses one or more of what a field offers, by a part of their names. */
export async function choose(page, field, ...options) {
  await page
    .getByRole('button', { name: new RegExp(`(^| )${field}$`) })
    .first()
    .click();
  for (const option of options) {
    await page.getByRole('option', { name: option }).first().click();
  }
  await page.keyboard.press('Escape');
}
