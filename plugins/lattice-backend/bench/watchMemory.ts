import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds. To look takes some 10 ms, in which memory can't be asked for. */
const INTERVAL = 500;

/** Parent of each process there is. */
function parents(): Map<number, number> {
  const found = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const status = /^\d+$/.test(name) && read(`/proc/${name}/status`);
    if (status) {
      found.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
    }
  }
  return found;
}

/** Bytes that some processes and all they started take up together; what they share counts once. */
function memoryOf(roots: readonly number[]): number {
  const parentOf = parents();
  const belongs = (id: number | undefined): boolean =>
    id !== undefined &&
    id !== process.pid &&
    (roots.includes(id) || belongs(parentOf.get(id)));
  let kilobytes = 0;
  for (const id of parentOf.keys()) {
    const memory = belongs(id) ? read(`/proc/${id}/smaps_rollup`) : '';
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(memory)?.[1] ?? 0);
  }
  return kilobytes * 1024;
}

/** What has ended in the meantime takes up nothing. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

// Looks at the processes whose ids it is given until it is told a word, and prints the most they took up.
let most = 0;
const roots = process.argv.slice(2).map(Number);
const look = () => {
  most = Math.max(most, memoryOf(roots));
};
look();
setInterval(look, INTERVAL);
process.stdin.once('data', () => {
  process.stdout.write(String(most));
  process.exit(0);
});
