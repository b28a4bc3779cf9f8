import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { FOR_A_PAGE } from './patience.mjs';

const SYSTEM_BROWSERS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

// Not those the packaged browser comes with: its single process doesn't outlive the first closed window.
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
];

/** The browser of this machine, else the one that comes as an npm package. */
export async function launchBrowser() {
  const system = SYSTEM_BROWSERS.find(path => path && existsSync(path));
  const executablePath =
    system ??
    (await import('@sparticuz/chromium').then(m => m.default.executablePath()));
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page of its own, as a visitor of a certain taste and screen. */
export async function newPage(
  browser,
  { baseUrl, theme = 'light', width = 1440, height = 900 },
) {
  const context = await browser.newContext({
    baseURL: baseUrl,
    // Without it, a machine without LANG gives a locale that Intl refuses.
    locale: 'en-US',
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  await context.addInitScript(value => {
    if (window.location.protocol.startsWith('http')) {
      window.localStorage.setItem('theme', value);
    }
  }, theme);
  const page = await context.newPage();
  page.setDefaultTimeout(FOR_A_PAGE);
  page.problems = [];
  page.on('pageerror', error => page.problems.push(error.message));
  return page;
}

/** Signs in through the chooser, as a person would. */
export async function signIn(page, title, path = '/') {
  await page.goto(path);
  const signedIn = page.waitForResponse(
    response => response.url().includes('/api/auth/persona/') && response.ok(),
  );
  await page.getByRole('button', { name: `Enter as ${title}` }).click();
  await signedIn;
}
