/** The sandbox stops: work under way is left as it is and taken up at the next start. */
export class StoppedError extends Error {
  constructor() {
    super('The sandbox is stopping');
    this.name = 'StoppedError';
  }
}

/**
 * Resolves after some milliseconds, or as soon as the signal aborts: with `false` then.
 */
export function sleep(
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) {
    return Promise.resolve(false);
  }
  return new Promise(resolve => {
    const timer = setTimeout(() => finish(true), milliseconds);
    const abort = () => finish(false);
    function finish(completed: boolean) {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(completed);
    }
    signal.addEventListener('abort', abort);
  });
}
