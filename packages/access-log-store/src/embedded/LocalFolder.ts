import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { ObjectFolder } from '../files/ObjectFolder';

/** Files below a folder of this machine. */
export class LocalFolder implements ObjectFolder {
  readonly #root: string;

  /** @param root - absolute path; made when first written to */
  constructor(root: string) {
    this.#root = root;
  }

  /** Absolute path of a file. */
  pathOf(key: string): string {
    return join(this.#root, key);
  }

  async list(prefix: string): Promise<string[]> {
    const entries = await unlessMissing(
      fs.readdir(this.pathOf(prefix), { recursive: true, withFileTypes: true }),
    );
    return (entries ?? [])
      .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
      .map(entry =>
        relative(this.#root, join(entry.parentPath, entry.name))
          .split(sep)
          .join('/'),
      );
  }

  async take(options: { key: string; file: string }): Promise<void> {
    const { key, file } = options;
    const path = this.pathOf(key);
    await fs.mkdir(dirname(path), { recursive: true });
    await sync(file);
    await fs.rename(file, path);
    await sync(dirname(path));
  }

  async writeText(key: string, text: string): Promise<void> {
    const file = join(this.#root, dirname(key), `.${randomUUID()}`);
    await fs.mkdir(dirname(file), { recursive: true });
    await fs.writeFile(file, text);
    await this.take({ key, file });
  }

  async readText(key: string): Promise<string | undefined> {
    return unlessMissing(fs.readFile(this.pathOf(key), 'utf8'));
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await fs.rm(this.pathOf(key), { force: true });
      await unlessFull(fs.rmdir(dirname(this.pathOf(key))));
    }
  }

  async withLocalFiles<T>(
    options: { keys: readonly string[] },
    use: (paths: string[]) => Promise<T>,
  ): Promise<T> {
    return use(options.keys.map(key => this.pathOf(key)));
  }
}

/** Makes sure that what was written outlives a loss of power. */
async function sync(path: string): Promise<void> {
  const handle = await fs.open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function unlessMissing<T>(done: Promise<T>): Promise<T | undefined> {
  try {
    return await done;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

async function unlessFull(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(code)) {
      throw error;
    }
  }
}
