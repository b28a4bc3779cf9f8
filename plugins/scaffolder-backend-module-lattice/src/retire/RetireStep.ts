/** What can be taken away, or kept, each told by a step of its own. */
export const retireSubjects = [
  'callers',
  'contents',
  'share',
  'grants',
  'workload',
  'calls',
  'product',
  'logs',
  'repository',
  'entities',
] as const;

/**
 * `nothing`: it was not there, or removed before. `kept`: it stays on purpose. `left`: somebody has to do something.
 */
export const retireResults = [
  'done',
  'would be done',
  'nothing',
  'kept',
  'left',
] as const;

/** What became of one thing that a retirement is about. */
export type RetireStep = {
  what: (typeof retireSubjects)[number];
  result: (typeof retireResults)[number];
  /** A sentence. */
  message: string;
};

/** What would become of something, where it is only shown. Without a message there is nothing to do. */
export function plannedStep(
  what: RetireStep['what'],
  message: string | undefined,
  nothing: string,
): RetireStep {
  return {
    what,
    result: message === undefined ? 'nothing' : 'would be done',
    message: message ?? nothing,
  };
}
