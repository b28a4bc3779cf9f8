import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { startPortalProcess } from '../e2e/lib/portalProcess.mjs';
import { root } from './lib/paths.mjs';
import { main, Problem } from './lib/Problem.mjs';

// Start times, memory and size, as a Markdown table for docs/measurements.md. Works on a clone of the
// committed state with an empty package cache, so it shows what a newcomer sees.

function output(command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    ...options,
  });
  if (status !== 0) {
    throw new Problem(`${command} ${args.join(' ')} failed: ${stderr}`);
  }
  return stdout;
}

function megabytes(path) {
  return Number(output('du', ['-sm', path]).split('\t')[0]);
}

/** Resident memory in MB of the given process and of all below it, by what they run. */
function memoryBelow(pid) {
  const processes = output('ps', ['-e', '-o', 'pid=,ppid=,rss=,args='])
    .trim()
    .split('\n')
    .map(line => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .map(([, id, parent, rss, args]) => ({
      pid: Number(id),
      parent: Number(parent),
      megabytes: Math.round(Number(rss) / 1024),
      name: /packages\/([\w-]+)\/src/.exec(args)?.[1] ?? args.slice(0, 60),
    }));
  const below = id =>
    processes
      .filter(({ parent }) => parent === id)
      .flatMap(process => [process, ...below(process.pid)]);
  return [
    {
      name: 'start script',
      megabytes: processes.find(p => p.pid === pid)?.megabytes,
    },
    ...below(pid),
  ];
}

async function measureStart(checkout, options) {
  const portal = await startPortalProcess({ checkout, ...options });
  // Let the first read of the estate and the logs be over.
  await new Promise(resolve => setTimeout(resolve, 30_000));
  const memory = memoryBelow(portal.pid);
  await portal.stop();
  return {
    seconds: portal.secondsToReady,
    memory,
    dataDirectory: portal.dataDirectory,
  };
}

await main(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lattice-measure-'));
  const checkout = join(directory, 'clone');
  try {
    const cloneStarted = Date.now();
    output('git', ['clone', '--quiet', root, checkout]);
    const cloneSeconds = (Date.now() - cloneStarted) / 1000;
    const env = { YARN_GLOBAL_FOLDER: join(directory, 'yarn') };
    const first = await measureStart(checkout, { env, seconds: 900 });
    const second = await measureStart(checkout, {
      env,
      dataDirectory: first.dataDirectory,
    });
    const fresh = await measureStart(checkout, { env });
    const rows = [
      [
        'clone to ready, empty package cache',
        `${(cloneSeconds + first.seconds).toFixed(0)} s`,
      ],
      ['second start to ready', `${second.seconds.toFixed(1)} s`],
      ['start with cleared data to ready', `${fresh.seconds.toFixed(1)} s`],
      ['node_modules', `${megabytes(join(checkout, 'node_modules'))} MB`],
      [
        'fetched Node, built front end',
        `${megabytes(join(checkout, '.lattice'))} MB, ${megabytes(
          join(checkout, 'packages/app/dist'),
        )} MB`,
      ],
      ...second.memory.map(({ name, megabytes: size }) => [
        `memory of ${name}, 30 s after the start`,
        `${size} MB`,
      ]),
    ];
    process.stdout.write(
      `\n${cpus()[0].model}, ${cpus().length} cores, ${Math.round(
        totalmem() / 1024 ** 3,
      )} GB, Node ${
        process.versions.node
      } on the machine\n\n| what | measured |\n| --- | --- |\n${rows
        .map(([what, value]) => `| ${what} | ${value} |`)
        .join('\n')}\n`,
    );
    rmSync(first.dataDirectory, { recursive: true, force: true });
    rmSync(fresh.dataDirectory, { recursive: true, force: true });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
