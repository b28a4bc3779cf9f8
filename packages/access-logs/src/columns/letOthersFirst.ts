import { constants, setPriority } from 'node:os';

/**
 * Lets other threads of the machine run before this one, where all want to: whoever waits for an answer, and
 * whatever takes what this one makes, which otherwise runs too seldom to keep up with it.
 */
export function letOthersFirst(): void {
  // Elsewhere it is the whole process that has a priority.
  if (process.platform !== 'linux') {
    return;
  }
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A sandbox may forbid it: then all run alike.
  }
}
