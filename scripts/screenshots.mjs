import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, newPage } from '../e2e/lib/browser.mjs';
import { startPortalProcess } from '../e2e/lib/portalProcess.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/Problem.mjs';
import { views } from './lib/views.mjs';

// Takes the pictures of the README from a running portal: LATTICE_BASE_URL, or one started for it.
await main(async () => {
  const directory = process.argv[2] ?? join(root, 'docs/images');
  mkdirSync(directory, { recursive: true });
  const portal = process.env.LATTICE_BASE_URL
    ? undefined
    : await startPortalProcess();
  const baseUrl = process.env.LATTICE_BASE_URL ?? portal.baseUrl;
  const browser = await launchBrowser();
  try {
    for (const { name, take } of views) {
      const page = await take({
        openPage: options => newPage(browser, { baseUrl, ...options }),
      });
      // Lines and fonts are there a moment after the texts.
      await page.waitForTimeout(2_000);
      const file = join(directory, `${name}.png`);
      await page.screenshot({ path: file });
      process.stdout.write(`${file}\n`);
    }
  } finally {
    await browser.close();
    await portal?.stop();
    portal?.clear();
  }
});
