import { setTimeout as sleep } from 'node:timers/promises';
import { callService, findService } from '../e2e/lib/aws.mjs';
import { launchBrowser, newPage, signIn } from '../e2e/lib/browser.mjs';
import { answerLambdaTemplate } from '../e2e/lib/fillLambdaTemplate.mjs';
import { create, review } from '../e2e/lib/form.mjs';
import { startPortalProcess } from '../e2e/lib/portalProcess.mjs';
import { waitForSuccess } from '../e2e/lib/run.mjs';
import { main } from './lib/Problem.mjs';

// Seconds from Create in the form of the Lambda template to the first signed request that is allowed, three times, on
// a portal started for it. A request is tried five times a second.

async function firstAllowed(portal, name) {
  for (;;) {
    const service = await findService(portal, { account: 'commerce', name });
    const caller = { account: 'edge', role: 'public-proxy' };
    if (
      service?.dnsEntry &&
      (await callService(portal, { ...caller, service })) === 200
    ) {
      return;
    }
    await sleep(200);
  }
}

await main(async () => {
  const portal = await startPortalProcess();
  const browser = await launchBrowser();
  try {
    const page = await newPage(browser, portal);
    await signIn(page, 'Commerce owner', '/create');
    for (const name of ['first', 'second', 'third']) {
      await answerLambdaTemplate(page, { name });
      await review(page);
      const started = Date.now();
      const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
      await create(page);
      await firstAllowed(portal, name);
      const allowed = seconds();
      await waitForSuccess(page);
      process.stdout.write(
        `first allowed request ${allowed} s, run over ${seconds()} s\n`,
      );
    }
  } finally {
    await browser.close();
    await portal.stop();
    portal.clear();
  }
});
