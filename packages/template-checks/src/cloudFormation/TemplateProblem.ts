/** What is wrong in a template or policy, and where. */
export interface TemplateProblem {
  /** Keys from the root, joined by slashes: `Resources/Table/Properties/KeySchema/0`. */
  path: string;
  /** Line in the file, from 1. */
  line: number;
  message: string;
}
