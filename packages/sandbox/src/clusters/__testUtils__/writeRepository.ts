import git from 'isomorphic-git';
import fs from 'node:fs';
import { dirname, join } from 'node:path';

const author = { name: 'Ada', email: 'ada@example.com' };

/** Commits files to `main` of a bare repository, in the place of all that was there. */
export async function writeRepository(options: {
  directory: string;
  name: string;
  files: Record<string, string>;
}): Promise<string> {
  const { directory, name, files } = options;
  const gitdir = join(directory, `${name}.git`);
  const dir = join(directory, `.work-${name}`);
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true });
  await git.init({ fs, gitdir, bare: true, defaultBranch: 'main' });
  for (const path of await git.listFiles({ fs, dir, gitdir })) {
    await git.remove({ fs, dir, gitdir, filepath: path });
  }
  for (const [path, content] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(dir, path)), { recursive: true });
    fs.writeFileSync(join(dir, path), content);
    await git.add({ fs, dir, gitdir, filepath: path });
  }
  const message = 'Change';
  return git.commit({ fs, dir, gitdir, message, author });
}
