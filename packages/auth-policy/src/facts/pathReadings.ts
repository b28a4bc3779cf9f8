/**
 * How a request path may be read. AWS doesn't say whether VPC Lattice decodes percent
 * signs or resolves dot segments before it evaluates policies, so all of these count.
 *
 * @returns the path as received, and its other readings if there are any.
 */
export function pathReadings(path: string): string[] {
  const received = path.startsWith('/') ? path : `/${path}`;
  if (!/[%#.]/.test(received)) {
    return [received];
  }
  const readings = new Set([received]);
  const [withoutFragment] = received.split('#');
  readings.add(withoutFragment);
  readings.add(resolveDots(received));
  if (received.includes('%')) {
    const decoded = decode(received);
    readings.add(decoded);
    readings.add(resolveDots(decoded));
  }
  return [...readings];
}

/**
 * Readings that AWS doesn't document either, but that only count against a mismatch:
 * runs of slashes taken as one, a slash at the end left out, and case left out of account.
 */
export function looseReading(path: string): string {
  const single = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
  return (
    single.length > 1 && single.endsWith('/') ? single.slice(0, -1) : single
  ).toLowerCase();
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/%[0-7][0-9a-f]/gi, part => decodeURIComponent(part));
  }
}

function resolveDots(path: string): string {
  if (!/(^|\/)\.\.?(\/|$)/.test(path)) {
    return path;
  }
  const result: string[] = [];
  const parts = path.split('/');
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    if (part === '..' && result.length > 1) {
      result.pop();
    }
    if (part !== '.' && part !== '..') {
      result.push(part);
    } else if (isLast) {
      result.push('');
    }
  }
  return result.join('/');
}
