// How long a journey waits before it gives up, in milliseconds. What works is there long before; these bear a machine
// that is several times slower, or does other things too.

/** For what the browser shows by itself. */
export const FOR_A_PAGE = 90_000;

/** For what the back end has to do first: run a template, read the estate, take in access logs. */
export const FOR_WORK = 180_000;
