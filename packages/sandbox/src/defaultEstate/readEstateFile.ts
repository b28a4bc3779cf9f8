import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { type EstateFile, estateFileSchema } from './estateFileSchema';
import { resolveReferences } from './resolveReferences';

/** The estate this package comes with. */
export const defaultEstateFile = join(
  dirname(require.resolve('@lattice-portal/sandbox/package.json')),
  'src/defaultEstate/estate.yaml',
);

/**
 * Reads an estate file, with its references resolved.
 *
 * @param path - Default: the estate this package comes with.
 * @throws InputError when it is no valid estate file.
 */
export async function readEstateFile(path?: string): Promise<EstateFile> {
  const source = path ?? defaultEstateFile;
  const text = await readFile(source, 'utf8');
  const parsed = estateFileSchema.safeParse(parse(text));
  if (!parsed.success) {
    throw new InputError(
      `${source} is no valid estate file:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return resolveReferences(parsed.data);
}
