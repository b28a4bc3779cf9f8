import { toError } from '@backstage/errors';

/** What was asked of AWS: the answer, or why there is none. An answer that is missing is never taken for an empty one. */
export type Reading<T> =
  | { status: 'read'; value: T }
  | { status: 'unreadable'; reason: string };

/** Reads, and keeps an error as the reason. */
export async function reading<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { status: 'read', value: await read() };
  } catch (error) {
    const { name, message } = toError(error);
    return { status: 'unreadable', reason: `${name}: ${message}` };
  }
}
