import { readFile } from 'node:fs/promises';
import { InputError } from '@backstage/errors';

/** The text of a file. Throws InputError when it can't be read. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file} can't be read: ${(error as Error).message}`);
  }
}
