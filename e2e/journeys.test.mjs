import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, stateDirectory } from '../scripts/lib/paths.mjs';
import { browseTheMap } from './journeys/browseTheMap.mjs';
import { callAnotherService } from './journeys/callAnotherService.mjs';
import { eksService } from './journeys/eksService.mjs';
import { failLambdaService } from './journeys/failLambdaService.mjs';
import { failTemplates } from './journeys/failTemplates.mjs';
import { readAService } from './journeys/readAService.mjs';
import { refuseUnlistedCaller } from './journeys/refuseUnlistedCaller.mjs';
import { requestAccess } from './journeys/requestAccess.mjs';
import { retireAService } from './journeys/retireAService.mjs';
import { reviewDenials } from './journeys/reviewDenials.mjs';
import {
  runAlbEcsService,
  runNativeEcsService,
} from './journeys/runEcsService.mjs';
import {
  joinAVpc,
  makeAccountRoles,
  makeAServiceNetwork,
} from './journeys/runPlatformTemplates.mjs';
import { scaffoldAService } from './journeys/scaffoldAService.mjs';
import { signInAsPersona } from './journeys/signInAsPersona.mjs';
import { updateAService } from './journeys/updateAService.mjs';
import { launchBrowser, newPage, signIn } from './lib/browser.mjs';
import { assertNothingLeft, inventoryOf } from './lib/inventory.mjs';
import { startPortalProcess } from './lib/portalProcess.mjs';
import { processesMentioning } from './lib/processesMentioning.mjs';

// The journeys of a new user, in the order they would make them, on one portal started as `npm start` does.

const screenshots = join(stateDirectory, 'test', 'screenshots');
let portal;
let browser;
/** What there was before anything was made. */
let beginning;

before(async () => {
  mkdirSync(screenshots, { recursive: true });
  portal = await startPortalProcess();
  browser = await launchBrowser();
  beginning = await inventoryOf(portal);
});

after(async () => {
  await browser?.close();
  await portal?.stop();
  portal?.clear();
});

/** Runs a journey; keeps a picture of every open page when it fails. */
function journey(name, run) {
  test(name, async () => {
    const pages = [];
    const openPage = async options => {
      const page = await newPage(browser, {
        baseUrl: portal.baseUrl,
        ...options,
      });
      pages.push(page);
      return page;
    };
    try {
      await run({ portal, openPage });
      for (const page of pages) {
        assert.deepEqual(page.problems, [], 'errors in the browser');
      }
    } catch (error) {
      for (const [index, page] of pages.entries()) {
        const file = `${name.replace(/\W+/g, '-')}-${index}.png`;
        await page
          .screenshot({ path: join(screenshots, file), fullPage: true })
          .catch(() => {});
      }
      throw error;
    } finally {
      for (const page of pages) {
        await page.context().close();
      }
    }
  });
}

test('the start says where the portal is, who to be and how to stop', () => {
  const output = portal.output();
  assert.match(output, new RegExp(`${portal.baseUrl}\\b`));
  for (const persona of [
    'analytics-developer',
    'commerce-owner',
    'platform-engineer',
    'Ctrl-C',
  ]) {
    assert.ok(output.includes(persona), persona);
  }
});

journey('sign in as a persona', signInAsPersona);
journey('browse the service map', browseTheMap);
journey('review denied requests', reviewDenials);
journey('read a service', readAService);
journey('request cross-account access', requestAccess);
journey('scaffold a service', scaffoldAService);
journey('whom nobody listed is refused, and told why', refuseUnlistedCaller);
journey('update a service', updateAService);
journey('a Lambda service that fails leaves nothing', failLambdaService);
journey('every other template that fails leaves nothing', failTemplates);
journey('call another service', callAnotherService);
journey('an ECS service without a load balancer', runNativeEcsService);
journey('an ECS service behind a load balancer', runAlbEcsService);
journey('make, change and retire a service network', makeAServiceNetwork);
journey('join a VPC, and take it out again', joinAVpc);
journey('make the roles of accounts', makeAccountRoles);
journey('a service on EKS, from the form to its end', eksService);

test('a second start is told that the port is taken', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/start.mjs')],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        LATTICE_DATA_DIRECTORY: portal.dataDirectory,
        LATTICE_PORTAL_PORT: String(portal.portalPort),
        LATTICE_SANDBOX_PORT: String(portal.sandboxPort),
      },
    },
  );
  assert.notEqual(status, 0);
  assert.match(
    stderr.trim(),
    new RegExp(`^Port ${portal.portalPort} for the portal is taken.*\\.$`),
  );
});

test('Ctrl-C stops everything, and a new start goes on where it was', async () => {
  const { dataDirectory, portalPort, sandboxPort } = portal;
  assert.equal(await portal.stop(), 0);
  assert.deepEqual(processesMentioning(dataDirectory), []);
  await new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(portalPort, () => server.close(resolve));
  });

  portal = await startPortalProcess({ dataDirectory, portalPort, sandboxPort });
  assert.ok(
    portal.secondsToReady < 45,
    `second start took ${portal.secondsToReady} s`,
  );
  const page = await newPage(browser, { baseUrl: portal.baseUrl });
  await signIn(page, 'Commerce owner', '/lattice/requests');
  await page.getByText('works').first().waitFor();
  await page.goto('/catalog/default/component/gift-cards');
  await page.getByRole('heading', { name: 'gift-cards' }).waitFor();
});

journey('retire a service', retireAService);

test('nothing of all that is left', () =>
  assertNothingLeft(portal, beginning, {
    but: [
      'archived repository gift-cards',
      'archived repository loyalty',
      'archived repository network-partners',
      'archived repository price-lists',
      'archived repository wish-lists',
    ],
  }));
