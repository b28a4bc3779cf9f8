import { useSyncExternalStore } from 'react';

/** How much room there is: a phone, a small window, a desk. */
export type Screen = 'narrow' | 'medium' | 'wide';

const NARROW = '(max-width: 640px)';
const MEDIUM = '(max-width: 1200px)';

function currentScreen(): Screen {
  // Without matchMedia, as in tests, everything is shown.
  if (window.matchMedia?.(NARROW)?.matches) {
    return 'narrow';
  }
  return window.matchMedia?.(MEDIUM)?.matches ? 'medium' : 'wide';
}

function subscribe(onChange: () => void) {
  const lists = [NARROW, MEDIUM].map(query => window.matchMedia?.(query));
  for (const list of lists) {
    list?.addEventListener?.('change', onChange);
  }
  return () => {
    for (const list of lists) {
      list?.removeEventListener?.('change', onChange);
    }
  };
}

/** The room of the screen, for tables that leave out what can be read elsewhere. */
export function useScreen(): Screen {
  return useSyncExternalStore(subscribe, currentScreen);
}
