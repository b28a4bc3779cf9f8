/**
 * Whether a status code counts as healthy by a matcher, such as `200`, `200-299` or `200,302`.
 */
export function isHealthyCode(matcher: string, statusCode: number): boolean {
  return matcher.split(',').some(part => {
    const [from, to = from] = part.split('-').map(Number);
    return statusCode >= from && statusCode <= to;
  });
}
