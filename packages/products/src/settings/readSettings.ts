import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { readText } from '../readText';
import { PublishSettings, publishSettingsSchema } from './PublishSettings';

/**
 * Reads the settings file.
 *
 * @throws InputError when it can't be read or says something else than settings.
 * @public
 */
export async function readSettings(file: string): Promise<PublishSettings> {
  const text = await readText(file);
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw new InputError(`${file} is not YAML: ${(error as Error).message}`);
  }
  const { success, data, error } = publishSettingsSchema.safeParse(document);
  if (!success) {
    throw new InputError(`${file}:\n${z.prettifyError(error)}`);
  }
  return data;
}
