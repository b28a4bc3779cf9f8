import { useSyncExternalStore } from 'react';

const TICK_MILLISECONDS = 5_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const tell of listeners) {
        tell();
      }
    }, TICK_MILLISECONDS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/**
 * The time in milliseconds, renewed so that ages on the screen stay true. One clock for all, so that
 * two ages on one screen never contradict each other.
 */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
