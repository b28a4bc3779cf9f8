import assert from 'node:assert/strict';
import { askAsPlatform } from './askAsPlatform.mjs';
import { FOR_WORK } from './patience.mjs';

// The page of a running template. Its log shows only the lines in view, the last ones first.

/** What went wrong, and what there is to go on with. */
function ends(page) {
  return {
    failure: page.getByRole('button', { name: /^Error: / }),
    links: page.getByRole('link', { name: /service map/i }).first(),
  };
}

/** Waits until the run is over and well. */
export async function waitForSuccess(page) {
  const { failure, links } = ends(page);
  await links.or(failure).waitFor({ timeout: FOR_WORK });
  if (await failure.isVisible()) {
    assert.fail(`The run failed: ${await failure.innerText()}`);
  }
}

/** Looks for something in the whole log of a run, of which the page shows a part. */
export async function assertLogged(portal, page, pattern) {
  const [, id] = /\/create\/tasks\/([^/?]+)/.exec(page.url());
  const response = await askAsPlatform(
    portal,
    `scaffolder/v2/tasks/${id}/events`,
  );
  const events = await response.json();
  assert.match(events.map(({ body }) => body.message).join('\n'), pattern);
}

/** Waits until the run has failed, and gives what the page says about it. */
export async function waitForFailure(page) {
  const { failure, links } = ends(page);
  await links.or(failure).waitFor({ timeout: FOR_WORK });
  assert.ok(await failure.isVisible(), 'the run should fail');
  return failure.innerText();
}

/** Cancels a run once AWS has made something of it, and waits until it is over. */
export async function cancelHalfWay(page) {
  await page.getByRole('button', { name: /show logs/i }).click();
  await page
    .getByText(/CREATE_COMPLETE/)
    .first()
    .waitFor({ timeout: FOR_WORK });
  await page.getByRole('button', { name: /^cancel$/i }).click();
  return waitForFailure(page);
}
