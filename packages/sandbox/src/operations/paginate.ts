import type { AwsError } from './AwsError';

/** A page of a list. */
export interface Page<T> {
  items: T[];
  /** Absent on the last page. */
  nextToken?: string;
}

/**
 * Cuts a page out of a list. Pages go by key, so that what is added or removed between two calls
 * shifts nothing.
 *
 * @throws what `invalidToken` gives, for a token that isn't ours.
 */
export function paginate<T>(options: {
  items: T[];
  key(item: T): string;
  maxResults: number | undefined;
  nextToken: string | undefined;
  /** Size of a page when the caller asks for none. */
  defaultSize: number;
  invalidToken(): AwsError;
}): Page<T> {
  const { key, maxResults, nextToken, defaultSize, invalidToken } = options;
  const items = [...options.items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  let rest = items;
  if (nextToken !== undefined) {
    const after = /^after:(.*)$/s.exec(
      Buffer.from(nextToken, 'base64url').toString(),
    );
    if (!after) {
      throw invalidToken();
    }
    rest = items.filter(item => key(item) > after[1]);
  }
  const page = rest.slice(0, maxResults || defaultSize);
  const last = page.at(-1);
  if (page.length === rest.length || last === undefined) {
    return { items: page };
  }
  return {
    items: page,
    nextToken: Buffer.from(`after:${key(last)}`).toString('base64url'),
  };
}
