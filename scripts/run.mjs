import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { environmentFor, ensureNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/Problem.mjs';

// Runs a TypeScript program of the workspace, or a command of its dependencies, on the right Node.
await main(async () => {
  const [program, ...args] = process.argv.slice(2);
  const log = line => process.stderr.write(`${line}\n`);
  const node = ensureNode({ log });
  await ensureInstalled({ node, log });
  const command = program.endsWith('.ts')
    ? [
        '--require',
        join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
        join(root, program),
      ]
    : [join(root, 'node_modules/.bin', program)];
  const child = spawn(node, [...command, ...args], {
    env: environmentFor(node),
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => child.kill(signal));
  }
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
});
