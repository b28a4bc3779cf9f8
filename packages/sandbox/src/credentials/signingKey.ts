import { createHmac, createSecretKey, KeyObject } from 'crypto';

const MAXIMUM_KEYS = 1000;
const keys = new Map<string, KeyObject>();

/**
 * The key that signs a day's requests to a service in a region. Kept, as a key object: deriving it
 * takes four HMACs, and Node's HMAC with a raw buffer is several times slower than with a key object.
 */
export function signingKey(options: {
  secretAccessKey: string;
  /** `YYYYMMDD`. */
  date: string;
  region: string;
  service: string;
}): KeyObject {
  const { secretAccessKey, date, region, service } = options;
  const id = [secretAccessKey, date, region, service].join('\n');
  let key = keys.get(id);
  if (!key) {
    let derived: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
    for (const part of [date, region, service, 'aws4_request']) {
      derived = createHmac('sha256', createSecretKey(derived))
        .update(part)
        .digest();
    }
    key = createSecretKey(derived);
    if (keys.size >= MAXIMUM_KEYS) {
      keys.clear();
    }
    keys.set(id, key);
  }
  return key;
}
