import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

/** Fast rather than small: what the database keeps so is unpacked again soon. */
export function compress(bytes: Buffer | string): Promise<Buffer> {
  return promisify(gzip)(bytes, { level: constants.Z_BEST_SPEED });
}

/** @param bytes - as {@link compress} made them */
export function uncompress(bytes: Buffer): Promise<Buffer> {
  return promisify(gunzip)(bytes);
}
