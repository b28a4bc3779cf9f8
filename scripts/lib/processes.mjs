import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { environmentFor } from './node.mjs';
import { root } from './paths.mjs';
import { Problem } from './Problem.mjs';

const STOP_AFTER_MILLISECONDS = 8_000;

/** Throws when something else listens on the port. */
export async function checkPort({ port, purpose, variable }) {
  await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', error =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Problem(
              `Port ${port} for ${purpose} is taken by another program: stop that one, or set ${variable} to a free port.`,
            )
          : error,
      ),
    );
    server.listen({ port, exclusive: true }, () => server.close(resolve));
  });
}

/** The processes of one run of the portal: started together, stopped together. */
export class Processes {
  #children = [];
  #node;
  #logsDirectory;
  #stopping;

  constructor({ node, logsDirectory }) {
    this.#node = node;
    this.#logsDirectory = logsDirectory;
    mkdirSync(logsDirectory, { recursive: true });
  }

  /** Starts a TypeScript program of the workspace. Its output goes to a log file. */
  start({ name, script, args = [], cwd = root, env = {} }) {
    const logFile = join(this.#logsDirectory, `${name}.log`);
    const log = createWriteStream(logFile);
    const child = spawn(
      this.#node,
      [
        '--require',
        join(root, 'scripts/lib/exitWithParent.cjs'),
        '--require',
        join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
        script,
        ...args,
      ],
      {
        cwd,
        env: { ...environmentFor(this.#node), ...env },
        // A group of its own: Ctrl-C reaches only this script, which then stops all in order.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const entry = { name, child, logFile, tail: '', exited: undefined };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', data => {
        log.write(data);
        entry.tail = (entry.tail + data).slice(-4_000);
      });
    }
    entry.exited = new Promise(resolve => {
      child.on('close', code => {
        log.end();
        resolve(code);
      });
      child.on('error', () => resolve(1));
    });
    this.#children.push(entry);
    return entry;
  }

  /** Runs a TypeScript program to its end; throws when it fails. */
  async run(options) {
    const entry = this.start(options);
    const code = await entry.exited;
    this.#children = this.#children.filter(child => child !== entry);
    if (code !== 0 && !this.#stopping) {
      throw new Problem(
        `${entry.name} failed (exit code ${code}). The end of ${entry.logFile}:\n${entry.tail}`,
      );
    }
  }

  /** Waits until `isReady` says so; throws when the process ends or takes too long. */
  async waitUntilReady({ entry, isReady, seconds }) {
    const deadline = Date.now() + seconds * 1000;
    let code;
    entry.exited.then(exitCode => {
      code = exitCode ?? -1;
    });
    while (Date.now() < deadline) {
      if (code !== undefined) {
        throw new Problem(
          `The ${entry.name} stopped while starting (exit code ${code}). The end of ${entry.logFile}:\n${entry.tail}`,
        );
      }
      if (await isReady().catch(() => false)) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
    throw new Problem(
      `The ${entry.name} was not ready after ${seconds} s. The end of ${entry.logFile}:\n${entry.tail}`,
    );
  }

  /** Resolves with the first process that ends by itself. */
  firstExit() {
    return Promise.race(
      this.#children.map(entry => entry.exited.then(code => ({ entry, code }))),
    );
  }

  pids() {
    return this.#children.map(({ name, child }) => ({ name, pid: child.pid }));
  }

  /** Stops all, last started first; those that don't heed are killed. */
  stop() {
    this.#stopping ??= (async () => {
      for (const entry of [...this.#children].reverse()) {
        signal(entry, 'SIGTERM');
        const timer = setTimeout(
          () => signal(entry, 'SIGKILL'),
          STOP_AFTER_MILLISECONDS,
        );
        await entry.exited;
        clearTimeout(timer);
      }
    })();
    return this.#stopping;
  }
}

function signal({ child }, name) {
  if (child.exitCode === null && child.signalCode === null && child.pid) {
    try {
      process.kill(-child.pid, name);
    } catch {
      // It is gone already.
    }
  }
}
