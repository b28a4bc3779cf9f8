import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { environmentFor, ensureNode } from './lib/node.mjs';
import { dataDirectory, logsDirectory, root } from './lib/paths.mjs';
import {
  prepareSandbox,
  sandboxArguments,
  sandboxEnvironment,
} from './lib/portal.mjs';
import { main } from './lib/Problem.mjs';
import { Processes } from './lib/processes.mjs';

// For those who change the portal: sandbox, back end with reload, front end with hot reload on 3000.
await main(async () => {
  const log = line => process.stdout.write(`${line}\n`);
  const node = ensureNode({ log });
  await ensureInstalled({ node, log });
  mkdirSync(join(dataDirectory, 'database'), { recursive: true });
  const sandboxPort = Number(process.env.LATTICE_SANDBOX_PORT ?? '4566');
  const processes = new Processes({ node, logsDirectory });
  const sandbox = processes.start({
    name: 'sandbox',
    script: join(root, 'packages/sandbox/src/cli.ts'),
    args: sandboxArguments({ port: sandboxPort, dataDirectory }),
  });
  await prepareSandbox({ processes, sandbox, port: sandboxPort });
  const child = spawn(
    node,
    [join(root, 'node_modules/.bin/backstage-cli'), 'repo', 'start'],
    {
      cwd: root,
      env: {
        ...environmentFor(node),
        ...sandboxEnvironment(sandboxPort),
        NODE_ENV: 'development',
        APP_CONFIG_app_baseUrl: 'http://localhost:3000',
      },
      stdio: 'inherit',
    },
  );
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise(resolve =>
    child.on('close', code => resolve(code ?? 1)),
  );
  await processes.stop();
});
