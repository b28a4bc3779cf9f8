import { execFileSync } from 'node:child_process';
import type { FakeAnswer, FakeHost } from './FakeHost';

/** A file on `main` of a repository; undefined if there is none. */
export function contentsOf(options: {
  host: FakeHost;
  name: string;
  path: string;
}): FakeAnswer | undefined {
  const { host, name, path } = options;
  try {
    const text = execFileSync('git', [
      '-C',
      host.gitdir(name),
      'show',
      `main:${path}`,
    ]);
    return { status: 200, body: String(text), headers: { etag: `"${name}"` } };
  } catch {
    return undefined;
  }
}
