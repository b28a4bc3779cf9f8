import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkPort } from './processes.mjs';
import { root } from './paths.mjs';

/** The account the portal's own credentials belong to: shared-services of the default estate. */
const PORTAL_ACCOUNT = '001122334455';

async function answers(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  return response.ok;
}

/** What makes the AWS SDK talk to the sandbox. Nothing in the portal knows more than this. */
export function sandboxEnvironment(port) {
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: `AKIA0000${PORTAL_ACCOUNT}`,
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Who one can sign in as in the local default, and what for. */
export const personas = [
  { name: 'analytics-developer', does: 'asks for access' },
  {
    name: 'commerce-owner',
    does: 'owns orders, inventory and recommendations; approves',
  },
  { name: 'platform-engineer', does: 'runs the service network' },
];

/** Signing in needs the people in the catalog, which reads them shortly after it answers. */
async function canSignIn(baseUrl) {
  for (const { name } of personas) {
    const response = await fetch(
      `${baseUrl}/api/auth/persona/refresh?env=development`,
      {
        headers: { 'x-lattice-persona': `user:default/${name}` },
        signal: AbortSignal.timeout(2_000),
      },
    );
    if (!response.ok) {
      return false;
    }
  }
  return true;
}

/** Where the portal keeps the repositories it writes; the sandbox delivers them to its clusters. */
export function repositoriesDirectory(dataDirectory) {
  return join(dataDirectory, 'repositories');
}

/** Arguments of the sandbox's command line. */
export function sandboxArguments({ port, dataDirectory }) {
  return [
    ...['--port', String(port)],
    ...['--data', join(dataDirectory, 'sandbox')],
    ...['--repositories', repositoriesDirectory(dataDirectory)],
  ];
}

/**
 * Waits for the sandbox and publishes the products of this repository's templates in it, by the command
 * that publishes them in AWS too.
 */
export async function prepareSandbox({ processes, sandbox, port }) {
  await processes.waitUntilReady({
    entry: sandbox,
    seconds: 60,
    isReady: () => answers(`http://127.0.0.1:${port}/_sandbox/health`),
  });
  await processes.run({
    name: 'products',
    script: join(root, 'packages/products/src/cli.ts'),
    // A template may change between two starts without a new version.
    args: ['publish', '--snapshot'],
    env: sandboxEnvironment(port),
  });
}

/** Throws when something else has one of the ports of the portal. */
export async function checkPorts({ portalPort, sandboxPort, withSandbox }) {
  await checkPort({
    port: portalPort,
    purpose: 'the portal',
    variable: 'LATTICE_PORTAL_PORT',
  });
  if (withSandbox) {
    await checkPort({
      port: sandboxPort,
      purpose: 'the sandbox',
      variable: 'LATTICE_SANDBOX_PORT',
    });
  }
}

/**
 * Starts the sandbox and the portal, and waits until both are healthy.
 *
 * Whoever calls it stops the processes, also when this throws.
 *
 * @returns the address of the portal
 */
export async function startPortal({
  processes,
  dataDirectory,
  portalPort,
  sandboxPort,
  withSandbox = true,
  configs,
  log,
}) {
  const databaseDirectory = join(dataDirectory, 'database');
  mkdirSync(databaseDirectory, { recursive: true });
  let sandbox;
  if (withSandbox) {
    log('Starting the sandbox');
    sandbox = processes.start({
      name: 'sandbox',
      script: join(root, 'packages/sandbox/src/cli.ts'),
      args: sandboxArguments({ port: sandboxPort, dataDirectory }),
    });
  }
  log('Starting the portal');
  const baseUrl = `http://localhost:${portalPort}`;
  const backend = processes.start({
    name: 'backend',
    script: join(root, 'packages/backend/src/index.ts'),
    args: (configs ?? ['app-config.yaml']).flatMap(config => [
      '--config',
      resolve(root, config),
    ]),
    cwd: join(root, 'packages/backend'),
    env: {
      ...(withSandbox ? sandboxEnvironment(sandboxPort) : {}),
      NODE_ENV: withSandbox ? 'development' : process.env.NODE_ENV,
      // A config of one's own says itself where things are.
      ...(configs === undefined
        ? {
            APP_CONFIG_app_baseUrl: baseUrl,
            APP_CONFIG_backend_baseUrl: baseUrl,
            APP_CONFIG_backend_listen_port: String(portalPort),
            APP_CONFIG_backend_database_connection_directory: databaseDirectory,
            APP_CONFIG_lattice_accessLogs_store_directory: join(
              dataDirectory,
              'records',
            ),
            APP_CONFIG_lattice_repositories_directory:
              repositoriesDirectory(dataDirectory),
          }
        : {}),
    },
  });
  if (sandbox) {
    await prepareSandbox({ processes, sandbox, port: sandboxPort });
  }
  await processes.waitUntilReady({
    entry: backend,
    seconds: 120,
    isReady: async () =>
      (await answers(`${baseUrl}/.backstage/health/v1/readiness`)) &&
      (await answers(baseUrl)) &&
      // Other configs may have other ways to sign in.
      (configs !== undefined || !withSandbox || (await canSignIn(baseUrl))),
  });
  return { baseUrl };
}
