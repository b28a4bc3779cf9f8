import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { freePort } from './freePort.mjs';

/** Starts the portal as `npm start` does, with ports and data of its own, or those of an earlier start. */
export async function startPortalProcess({
  checkout = root,
  dataDirectory = mkdtempSync(join(tmpdir(), 'lattice-portal-')),
  portalPort,
  sandboxPort,
  env = {},
  seconds = 240,
} = {}) {
  portalPort ??= await freePort();
  sandboxPort ??= await freePort();
  const started = Date.now();
  const child = spawn(process.execPath, [join(checkout, 'scripts/start.mjs')], {
    cwd: checkout,
    env: {
      ...process.env,
      LATTICE_DATA_DIRECTORY: dataDirectory,
      LATTICE_PORTAL_PORT: String(portalPort),
      LATTICE_SANDBOX_PORT: String(sandboxPort),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise(resolve => child.on('close', resolve));
  const ready = new Promise((resolve, reject) => {
    const read = data => {
      output += data;
      if (output.includes('Lattice Portal is ready')) {
        resolve();
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    exited.then(code =>
      reject(new Error(`npm start ended with ${code}:\n${output}`)),
    );
    setTimeout(
      () => reject(new Error(`not ready after ${seconds} s:\n${output}`)),
      seconds * 1000,
    ).unref();
  });
  await ready;
  return {
    pid: child.pid,
    secondsToReady: (Date.now() - started) / 1000,
    baseUrl: `http://localhost:${portalPort}`,
    portalPort,
    sandboxPort,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    dataDirectory,
    output: () => output,
    /** Stops it as Ctrl-C does, and gives the exit code. */
    async stop() {
      child.kill('SIGINT');
      return exited;
    },
    clear() {
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
