import { createLatticeFetch } from './latticeFetch.ts';

const baseUrl = '${{ values.serviceUrl }}';
let latticeFetch: typeof fetch | undefined;

/** Calls ${{ values.serviceName }}: a path of it, such as `${{ values.path | replace('*', '') }}`, and what `fetch` takes. */
export async function callService(
  path: string,
  init?: RequestInit,
): Promise<Response> {
  latticeFetch ??= createLatticeFetch({ region: '${{ values.region }}' });
  const url = new URL(path, baseUrl);
  if (url.origin !== baseUrl) {
    // A signed request to another host would show it who calls.
    throw new TypeError(`${path} is no path of ${{ values.serviceName }}`);
  }
  return latticeFetch(url, init);
}
