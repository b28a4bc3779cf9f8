import { createHash } from 'node:crypto';

/** SHA-256 of a template's text, in hexadecimal digits. */
export function templateHash(templateBody: string): string {
  return createHash('sha256').update(templateBody).digest('hex');
}
