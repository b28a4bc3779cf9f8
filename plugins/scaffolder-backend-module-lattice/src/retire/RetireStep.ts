/** What became of one thing that retiring a service takes away. */
export type RetireStep = {
  what: 'grants' | 'workload' | 'calls' | 'product' | 'repository' | 'entities';
  /** `nothing`: it was not there, or removed before. `left`: somebody has to do something. */
  result: 'done' | 'would be done' | 'nothing' | 'left';
  /** A sentence. */
  message: string;
};
