import { isNotFound } from '../../engine/errors';

/** For waiting until a resource is gone: `true` once asking for it finds nothing. */
export async function gone(ask: Promise<unknown>): Promise<true | undefined> {
  try {
    await ask;
    return undefined;
  } catch (error) {
    if (isNotFound(error)) {
      return true;
    }
    throw error;
  }
}
