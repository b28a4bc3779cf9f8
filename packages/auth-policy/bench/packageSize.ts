import { build } from 'esbuild';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes of the package with all it depends on, minified and gzipped for browsers. */
export async function packageSize(): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [resolve(__dirname, '../src/index.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}
