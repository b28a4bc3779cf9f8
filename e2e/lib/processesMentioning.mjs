import { spawnSync } from 'node:child_process';

/** Command lines of the processes of this machine that have the text in them. */
export function processesMentioning(text) {
  const { stdout } = spawnSync('ps', ['-e', '-ww', '-o', 'args='], {
    encoding: 'utf8',
  });
  return stdout.split('\n').filter(line => line.includes(text));
}
