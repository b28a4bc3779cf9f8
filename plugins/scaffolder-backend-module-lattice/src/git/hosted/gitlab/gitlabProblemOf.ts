import { z } from 'zod';
import { problemOfNetwork, problemOfStatus } from '../hostError';
import type { HostProblem } from '../RepositoryHost';

/** What the client's errors hold of an answer. */
const answerSchema = z.object({
  name: z.literal('GitbeakerRequestError'),
  cause: z.object({
    description: z.string(),
    response: z.object({ status: z.number() }),
  }),
});

const retrySchema = z.object({
  name: z.enum(['GitbeakerRetryError', 'GitbeakerTimeoutError']),
  message: z.string(),
});

/** Tells what an error of the GitLab client means. */
export function gitlabProblemOf(error: unknown): HostProblem | undefined {
  const retried = retrySchema.safeParse(error);
  if (retried.success) {
    const { message } = retried.data;
    const kind = /code: 429/.test(message) ? 'limited' : 'unreachable';
    return { kind, message };
  }
  const answer = answerSchema.safeParse(error);
  if (!answer.success) {
    return problemOfNetwork(error);
  }
  const { description, response } = answer.data.cause;
  const { status } = response;
  if (status === 400 && /already been taken/.test(description)) {
    return { kind: 'taken', message: description };
  }
  return problemOfStatus({ status, message: description });
}
