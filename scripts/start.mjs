import { ensureAppBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkPlatform, ensureNode } from './lib/node.mjs';
import { dataDirectory, logsDirectory } from './lib/paths.mjs';
import { checkPorts, personas, startPortal } from './lib/portal.mjs';
import { main, Problem } from './lib/Problem.mjs';
import { Processes } from './lib/processes.mjs';

const HELP = `npm start [-- OPTIONS]

Starts the portal on the embedded default: an AWS estate on this machine, SQLite, personas.

  --no-sandbox      don't start the sandbox; the AWS SDK finds real accounts as usual
  --config FILE     a config file instead of app-config.yaml (can be repeated)

LATTICE_PORTAL_PORT (7007), LATTICE_SANDBOX_PORT (4566) and LATTICE_DATA_DIRECTORY
(.lattice/data) change where things are. With --config the port and the addresses are
those of the config; LATTICE_PORTAL_PORT then only says where to wait for it.
`;

function parseArguments(args) {
  const options = { withSandbox: true, configs: [] };
  const rest = [...args];
  while (rest.length > 0) {
    const argument = rest.shift();
    if (argument === '--help') {
      return { help: true };
    } else if (argument === '--no-sandbox') {
      options.withSandbox = false;
    } else if (argument === '--config' && rest.length > 0) {
      options.configs.push(rest.shift());
    } else {
      throw new Problem(`There is no option ${argument}: npm start -- --help`);
    }
  }
  return {
    ...options,
    configs: options.configs.length > 0 ? options.configs : undefined,
  };
}

function portFrom(variable, standard) {
  const text = process.env[variable] ?? standard;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Problem(`${variable} has to be a port number, and is “${text}”.`);
  }
  return port;
}

function banner({ baseUrl, withSandbox, sandboxPort, seconds }) {
  const lines = [
    '',
    `  Lattice Portal is ready (${seconds} s)`,
    '',
    `    ${baseUrl}`,
    '',
  ];
  if (withSandbox) {
    lines.push(
      '  Sign in as',
      ...personas.map(({ name, does }) => `    ${name.padEnd(22)}${does}`),
      '',
      `  AWS sandbox             http://127.0.0.1:${sandboxPort}`,
    );
  }
  lines.push(
    `  Logs                    ${logsDirectory}`,
    '  Stop                    Ctrl-C',
    '  Start afresh            npm run reset',
    '',
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

await main(async () => {
  const options = parseArguments(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  checkPlatform();
  const started = Date.now();
  const log = line => process.stdout.write(`${line}\n`);
  const portalPort = portFrom('LATTICE_PORTAL_PORT', '7007');
  const sandboxPort = portFrom('LATTICE_SANDBOX_PORT', '4566');
  const { withSandbox } = options;
  await checkPorts({ portalPort, sandboxPort, withSandbox });
  const node = ensureNode({ log });
  await ensureInstalled({ node, log });
  await ensureAppBuilt({ node, log });

  const processes = new Processes({ node, logsDirectory });
  let stopping = false;
  const stop = async () => {
    if (stopping) {
      return;
    }
    stopping = true;
    process.stdout.write('\nStopping\n');
    await processes.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, stop);
  }

  try {
    const { baseUrl } = await startPortal({
      processes,
      dataDirectory,
      portalPort,
      sandboxPort,
      withSandbox,
      configs: options.configs,
      log,
    });
    banner({
      baseUrl,
      withSandbox,
      sandboxPort,
      seconds: Math.round((Date.now() - started) / 1000),
    });
    const { entry, code } = await processes.firstExit();
    throw new Problem(
      `The ${entry.name} stopped by itself (exit code ${code}); its log is ${entry.logFile}.`,
    );
  } catch (error) {
    // A process that ends because all are being stopped is no problem.
    if (!stopping) {
      await processes.stop();
      throw error;
    }
  }
});
