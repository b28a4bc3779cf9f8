import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { signIn } from '../lib/browser.mjs';
import { fillLambdaTemplate } from '../lib/fillLambdaTemplate.mjs';

const require = createRequire(join(root, 'plugins/lattice-node/package.json'));
const {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
} = require('@aws-sdk/client-cloudwatch-logs');
const {
  ListServicesCommand,
  VPCLatticeClient,
} = require('@aws-sdk/client-vpc-lattice');

/** A log group of the same name makes the stack fail half-way: the task says so, and nothing stays. */
export async function failToScaffold({ portal, openPage }) {
  const name = 'loyalty-points';
  const client = {
    endpoint: portal.sandboxUrl,
    region: 'us-east-1',
    credentials: {
      accessKeyId: 'AKIA0000223344556677',
      secretAccessKey: 'sandbox',
    },
  };
  await new CloudWatchLogsClient(client).send(
    new CreateLogGroupCommand({
      logGroupName: `/aws/vendedlogs/lattice/service-${name}`,
    }),
  );

  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');
  await fillLambdaTemplate(page, { name });
  await page
    .getByText(new RegExp(`LogGroup.*already exists|already exists.*LogGroup`))
    .first()
    .waitFor({ timeout: 60_000 });
  await page.getByText(/Finished step Take the repository back/).waitFor({
    timeout: 60_000,
  });

  const { items } = await new VPCLatticeClient(client).send(
    new ListServicesCommand({}),
  );
  assert.ok(
    !items.some(service => service.name === name),
    'the service is gone',
  );
  const repository = await fetch(`${portal.baseUrl}/api/lattice-git/${name}`);
  assert.equal(repository.status, 404, 'the repository is gone');
  await page.goto(`/catalog/default/component/${name}`);
  await page
    .getByText(/not found/i)
    .first()
    .waitFor();
}
