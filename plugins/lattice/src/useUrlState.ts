import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * State that lives in the query string, so that a link shows the same.
 *
 * @returns the parameters and a setter that merges; `undefined` or `''` removes a parameter
 */
export function useUrlState() {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string | undefined>) =>
      setParameters(
        previous => {
          const next = new URLSearchParams(previous);
          for (const [key, value] of Object.entries(changes)) {
            if (value) {
              next.set(key, value);
            } else {
              next.delete(key);
            }
          }
          return next;
        },
        { replace: true },
      ),
    [setParameters],
  );
  const get = (key: string) => parameters.get(key) ?? undefined;
  return { get, set };
}
