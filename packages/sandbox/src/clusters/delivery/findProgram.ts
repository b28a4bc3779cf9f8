import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FileTree } from './FileTree';

/** Folder of the contracts of gRPC, which are read at run time. */
const CONTRACTS = 'proto/';

/** The application of a repository, which can run without what its image has. */
export interface FoundProgram {
  /** Of all that it is: another hash, another application. */
  hash: string;
  /** File that starts it. */
  main: string;
  files: Map<string, Buffer>;
  /** Names of the packages it depends on. */
  dependencies: string[];
}

const packageSchema = z.looseObject({
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/**
 * Finds what the image of a repository runs: the `start` script of a package, which has to be `node FILE`,
 * beside a Dockerfile. Of the package count the folder of that file, and `proto`.
 *
 * @param options - `available`: names of the packages it may depend on
 * @returns `undefined` where there is no such thing.
 */
export function findProgram(options: {
  tree: FileTree;
  available: string[];
}): FoundProgram | undefined {
  const { available } = options;
  const { files } = options.tree;
  const text = files.get('package.json')?.toString();
  if (!text || !files.has('Dockerfile')) {
    return undefined;
  }
  const parsed = packageSchema.safeParse(toJson(text));
  if (!parsed.success) {
    return undefined;
  }
  const dependencies = Object.keys(parsed.data.dependencies);
  if (dependencies.some(name => !available.includes(name))) {
    return undefined;
  }
  const main = /^node (\S+)$/.exec(parsed.data.scripts.start ?? '')?.[1];
  if (!main || main.startsWith('-') || !files.has(main)) {
    return undefined;
  }
  const [folder] = main.split('/');
  const own = new Map(
    [...files]
      .filter(
        ([path]) =>
          path === 'package.json' ||
          path === main ||
          path.startsWith(`${folder}/`) ||
          path.startsWith(CONTRACTS),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const hash = createHash('sha256');
  for (const [path, content] of own) {
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return {
    hash: hash.digest('hex').slice(0, 20),
    main,
    files: own,
    dependencies,
  };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
