import { useApi } from '@backstage/frontend-plugin-api';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import { useCallback, useEffect, useState } from 'react';
import { latticeApiRef } from '../api';
import type { Choice } from './Choice';

/** Where the question for choices stands. */
export type ChoicesState<T extends Choice = Choice> =
  | { status: 'loading' }
  | { status: 'failed'; message: string; retry: () => void }
  | { status: 'ready'; choices: T[] };

/**
 * Asks the back end what a field may offer. `ask` has to be the same function on every render.
 *
 * @remarks
 * Not by the plugin's query client: form fields are drawn by the scaffolder's page, outside this plugin's provider.
 */
export function useChoices<T extends Choice = Choice>(
  ask: (api: LatticeApi) => Promise<T[]>,
): ChoicesState<T> {
  const api = useApi(latticeApiRef);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<ChoicesState<T>>({ status: 'loading' });
  const retry = useCallback(() => setAttempt(count => count + 1), []);

  useEffect(() => {
    let current = true;
    const show = (next: ChoicesState<T>) => current && setState(next);
    setState({ status: 'loading' });
    ask(api).then(
      choices => show({ status: 'ready', choices }),
      error => show({ status: 'failed', message: error.message, retry }),
    );
    return () => {
      current = false;
    };
  }, [api, ask, attempt, retry]);

  return state;
}
