/**
 * Names a log: the source that it is delivered to, and which of the source's logs it is, where several are.
 *
 * @param options - `log` empty or absent: the only one, or it can't be told
 */
export function logIdOf(options: { sourceId: string; log?: string }): string {
  const { sourceId, log } = options;
  return log ? `${sourceId} of ${log}` : sourceId;
}
