/** Whether asking again would be answered the same: it isn't there, not for this user, or not configured. */
export function isFinal(error: unknown): boolean {
  const { statusCode, response } = (error ?? {}) as {
    statusCode?: number;
    response?: { status?: number };
  };
  return [400, 403, 404, 501].includes(statusCode ?? response?.status ?? 0);
}
