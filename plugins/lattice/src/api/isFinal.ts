/** Whether asking again would be answered the same: it isn't there, or not for this user. */
export function isFinal(error: unknown): boolean {
  const { statusCode, response } = (error ?? {}) as {
    statusCode?: number;
    response?: { status?: number };
  };
  return [400, 403, 404].includes(statusCode ?? response?.status ?? 0);
}
