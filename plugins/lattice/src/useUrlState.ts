import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * State that lives in the query string, so that a link shows the same.
 *
 * @returns the parameters and a setter that merges; `undefined`, `''` or an empty list removes a parameter, a list
 * gives it several times
 */
export function useUrlState() {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string | string[] | undefined>) =>
      setParameters(
        previous => {
          const next = new URLSearchParams(previous);
          for (const [key, value] of Object.entries(changes)) {
            next.delete(key);
            for (const one of [value ?? []].flat().filter(Boolean)) {
              next.append(key, one);
            }
          }
          return next;
        },
        { replace: true },
      ),
    [setParameters],
  );
  const get = (key: string) => parameters.get(key) || undefined;
  const getAll = (key: string) => parameters.getAll(key);
  return { get, getAll, set };
}
