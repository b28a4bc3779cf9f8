/** Something an API server would refuse, or drop without a word. */
export interface ManifestProblem {
  /** Place in the manifest, such as `.spec.listeners[0].port`. */
  path: string;
  message: string;
}
