import { useApi } from '@backstage/frontend-plugin-api';
import type {
  LatticeApi,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { latticeApiRef } from '../../api';

/** Where the reading of what a field offers stands. */
export type ReadState<T> =
  /** Another field has to be filled in first. */
  | { status: 'waiting' }
  | { status: 'loading' }
  | { status: 'unknown'; reason: string; retry: () => void }
  | { status: 'ready'; items: T[] };

/**
 * Reads what a field may offer, anew with each key.
 *
 * @param options - `key`: what the question depends on; absent while it can't be asked
 */
export function useRead<T>(options: {
  key: string | undefined;
  ask: (api: LatticeApi) => Promise<ReadResult<T>>;
}): ReadState<T> {
  const { key } = options;
  const api = useApi(latticeApiRef);
  const ask = useRef(options.ask);
  ask.current = options.ask;
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<ReadState<T>>({ status: 'loading' });
  const retry = useCallback(() => setAttempt(count => count + 1), []);

  useEffect(() => {
    if (key === undefined) {
      setState({ status: 'waiting' });
      return undefined;
    }
    let current = true;
    const show = (next: ReadState<T>) => current && setState(next);
    setState({ status: 'loading' });
    ask.current(api).then(
      result =>
        show(
          result.status === 'read'
            ? { status: 'ready', items: result.items }
            : { ...result, retry },
        ),
      error => show({ status: 'unknown', reason: error.message, retry }),
    );
    return () => {
      current = false;
    };
  }, [api, key, attempt, retry]);

  return state;
}

/** The state with what is offered in the shape that fields take. */
export function mapRead<T, TResult>(
  state: ReadState<T>,
  map: (item: T) => TResult,
): ReadState<TResult> {
  return state.status === 'ready'
    ? { status: 'ready', items: state.items.map(map) }
    : state;
}
