#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { Sandbox } from './Sandbox';

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  }
  return port;
}

async function main(): Promise<void> {
  const command = new Command('sandbox')
    .description('An AWS estate on this machine')
    .option('--port <port>', 'port to listen on', parsePort, 4566)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--data <directory>', 'where to keep everything (default: memory)')
    .option('--estate <file>', 'estate to begin with (default: built in)')
    .option(
      '--repositories <directory>',
      'git repositories to deliver to the clusters (default: none)',
    )
    .option('--no-traffic', 'plays no traffic')
    .parse();
  const { port, host, data, estate, repositories, traffic } = command.opts();
  const sandbox = await Sandbox.start({
    port,
    host,
    dataDirectory: data,
    estateFile: estate,
    repositoriesDirectory: repositories,
    traffic,
    warn: message => process.stderr.write(`${message}\n`),
  });
  process.stdout.write(`The sandbox listens on ${sandbox.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      sandbox.stop().then(
        () => process.exit(0),
        error => fail(error),
      );
    });
  }
}

function fail(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  const text =
    code === 'EADDRINUSE'
      ? 'The port is in use already. Choose another by --port.'
      : message;
  process.stderr.write(`The sandbox can't run: ${text}\n`);
  process.exit(1);
}

main().catch(fail);
