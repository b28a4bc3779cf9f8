import type { z as zod } from 'zod/v3';
import {
  retireResults,
  retireSubjects,
  type RetireStep,
} from '../../retire/RetireStep';

type Z = typeof zod;

/** What the actions that take something away put out. */
export const retireOutput = {
  steps: (z: Z) =>
    z
      .array(
        z.object({
          what: z.enum(retireSubjects),
          result: z.enum(retireResults),
          message: z.string(),
        }),
      )
      .describe('What became of everything, in order'),
  summary: (z: Z) => z.string().describe('The steps as a list in Markdown'),
};

/** Tells each step in the log, and puts out all of them so far. */
export function stepRecorder(options: {
  log: (line: string) => void;
  output: {
    (name: 'steps', value: RetireStep[]): void;
    (name: 'summary', value: string): void;
  };
}): (step: RetireStep) => void {
  const { log, output } = options;
  const steps: RetireStep[] = [];
  return step => {
    log(`${step.what}: ${step.result}. ${step.message}`);
    steps.push(step);
    output('steps', steps);
    output('summary', summaryOf(steps));
  };
}

function summaryOf(steps: RetireStep[]): string {
  return steps
    .map(({ what, result, message }) => `- **${what}** (${result}): ${message}`)
    .join('\n');
}
