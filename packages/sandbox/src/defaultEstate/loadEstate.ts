import type { Estate } from '../estate/Estate';
import type { EstateFile } from './estateFileSchema';
import { LoadContext } from './LoadContext';
import { putAccounts, putNetworking } from './putAccounts';
import { putPlatform } from './putPlatform';
import { putServiceNetworks } from './putServiceNetworks';
import { putServices, putTargetGroups } from './putServices';

/**
 * Puts everything an estate file describes into an estate that is still empty.
 *
 * @remarks
 * Ids are made from names, so that they are the same on every machine and after every reset.
 *
 * @throws InputError when the file names something it does not describe.
 */
export function loadEstate(options: {
  file: EstateFile;
  estate: Estate;
  /** The present, in milliseconds since the epoch: what the file's times are relative to. */
  now: number;
}): void {
  const { file, estate, now } = options;
  const context = new LoadContext(file, estate, now);
  putAccounts(context);
  putNetworking(context);
  putPlatform(context);
  putServiceNetworks(context);
  putTargetGroups(context);
  putServices(context);
}
