import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { root, stampsDirectory } from './paths.mjs';

const NOT_SOURCE = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

function* filesBelow(path) {
  if (!existsSync(path)) {
    return;
  }
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!NOT_SOURCE.has(name)) {
      yield* filesBelow(join(path, name));
    }
  }
}

/** A digest of the contents of files and folders of the checkout. */
export function digestOf(paths, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const path of paths) {
    for (const file of filesBelow(join(root, path))) {
      hash.update(relative(root, file)).update('\0').update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** Whether the step of that name was last done with that digest. */
export function isDone(step, digest) {
  const file = join(stampsDirectory, step);
  return existsSync(file) && readFileSync(file, 'utf8') === digest;
}

export function setDone(step, digest) {
  mkdirSync(stampsDirectory, { recursive: true });
  writeFileSync(join(stampsDirectory, step), digest);
}
