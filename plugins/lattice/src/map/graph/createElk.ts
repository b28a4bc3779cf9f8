import ELK from 'elkjs/lib/elk-api';
import type { ELK as Elk } from 'elkjs/lib/elk-api';

/** ELK in a worker of its own, so that laying out never blocks the page. */
export function createElk(): Elk {
  return new ELK({
    // This form, and no other that was tried, survives both the package's build and the app's, and
    // passes Backstage's default content security policy.
    workerFactory: () =>
      new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url)),
  });
}
