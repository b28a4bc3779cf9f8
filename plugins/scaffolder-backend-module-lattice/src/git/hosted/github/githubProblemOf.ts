import { z } from 'zod';
import { problemOfNetwork, problemOfStatus } from '../hostError';
import type { HostProblem } from '../RepositoryHost';

/** What Octokit's RequestError holds of an answer. See https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api */
const answerSchema = z.object({
  name: z.literal('HttpError'),
  status: z.number(),
  response: z.object({
    headers: z.record(z.string(), z.unknown()).default({}),
    data: z
      .object({
        message: z.string().default(''),
        errors: z.array(z.unknown()).default([]),
      })
      .catch({ message: '', errors: [] }),
  }),
});

/** Tells what an error of Octokit's means. */
export function githubProblemOf(error: unknown): HostProblem | undefined {
  const parsed = answerSchema.safeParse(error);
  if (!parsed.success) {
    return problemOfRequest(error);
  }
  const { status, response } = parsed.data;
  const { headers, data } = response;
  const details = data.errors.map(detail =>
    typeof detail === 'string'
      ? detail
      : (detail as { message?: string })?.message ?? JSON.stringify(detail),
  );
  const message = [data.message, ...details].filter(Boolean).join(': ');
  const retryAfter = Number(headers['retry-after']);
  const limited =
    status === 429 ||
    (status === 403 &&
      (headers['x-ratelimit-remaining'] === '0' || retryAfter > 0));
  if (limited) {
    const seconds = retryAfter
      ? Date.now() / 1000 + retryAfter
      : Number(headers['x-ratelimit-reset']);
    const until = seconds ? new Date(seconds * 1000) : undefined;
    return { kind: 'limited', message, until };
  }
  if (status === 422 && /already exists/i.test(message)) {
    return { kind: 'taken', message };
  }
  return problemOfStatus({ status, message });
}

/** Octokit tells failures of the network as errors without an answer. */
function problemOfRequest(error: unknown): HostProblem | undefined {
  const request = z
    .object({ name: z.literal('HttpError'), message: z.string() })
    .safeParse(error);
  return request.success
    ? { kind: 'unreachable', message: request.data.message }
    : problemOfNetwork(error);
}
