/**
 * For waiting until a resource is at rest: the answer, unless its status says that something is
 * under way. Throws when it failed.
 */
export function settled<T extends Record<string, any>>(
  answer: T,
): T | undefined {
  const { status } = answer;
  if (/_FAILED$/.test(status)) {
    throw new Error(
      `Resource did not stabilize: ${status} ${
        answer.failureMessage ?? ''
      }`.trim(),
    );
  }
  return /_IN_PROGRESS$/.test(status) ? undefined : answer;
}
