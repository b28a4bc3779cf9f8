import { mkdtempSync } from 'node:fs';
import { mkdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Program } from '../../estate/clusterResources';
import type { FoundProgram } from '../delivery/findProgram';
import { shippedPackages } from './shippedPackages';

/** Keeps applications on disk, where Node.js can run them. */
export class ProgramStore {
  static create(options: {
    /** Absent: a temporary one, removed at the end. */
    directory?: string;
  }): ProgramStore {
    const { directory } = options;
    return directory
      ? new ProgramStore(directory, false)
      : new ProgramStore(
          mkdtempSync(join(tmpdir(), 'sandbox-programs-')),
          true,
        );
  }

  readonly #packages = shippedPackages();

  private constructor(
    private readonly directory: string,
    private readonly isTemporary: boolean,
  ) {}

  /** Names of the packages an application may depend on. */
  get available(): string[] {
    return [...this.#packages.keys()];
  }

  /** Writes an application, if it is not there. Half an application is never seen. */
  async put(found: FoundProgram): Promise<Program> {
    const { hash, main, files, dependencies } = found;
    const directory = join(this.directory, hash);
    const isThere = await stat(directory).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      const draft = `${directory}.new`;
      await rm(draft, { recursive: true, force: true });
      for (const [path, content] of files) {
        const file = join(draft, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      }
      for (const name of dependencies) {
        const link = join(draft, 'node_modules', name);
        await mkdir(dirname(link), { recursive: true });
        await symlink(this.#packages.get(name)!, link, 'dir');
      }
      await rename(draft, directory);
    }
    return { directory, main };
  }

  async close(): Promise<void> {
    if (this.isTemporary) {
      await rm(this.directory, { recursive: true, force: true });
    }
  }
}
