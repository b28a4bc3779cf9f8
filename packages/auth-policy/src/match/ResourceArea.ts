/**
 * A part of all resources that is cheap to look up: a service, and the first segment of
 * the path, both in lower case.
 */
export interface ResourceArea {
  service: string;
  segment: string;
}

/** The first segment of a path in lower case, however many slashes stand before it. */
export function firstSegment(path: string): string {
  const start = startOfSegment(path);
  const end = path.indexOf('/', start);
  return path.slice(start, end === -1 ? undefined : end).toLowerCase();
}

/**
 * The first segment of every path that a pattern can match in any reading.
 *
 * @param options - `head`: the path up to its first wildcard; `isWhole`: whether it has
 * none.
 * @returns undefined if the pattern leaves the segment open.
 */
export function onlyFirstSegment(options: {
  head: string;
  isWhole: boolean;
}): string | undefined {
  const { head, isWhole } = options;
  const isEnded = isWhole || head.includes('/', startOfSegment(head));
  const segment = firstSegment(head);
  // How case is folded beyond ASCII depends on what stands beside.
  return isEnded && isAscii(segment) ? segment : undefined;
}

function startOfSegment(path: string): number {
  let start = 0;
  while (path[start] === '/') {
    start += 1;
  }
  return start;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 127) {
      return false;
    }
  }
  return true;
}
