import type { Policy } from '@lattice-portal/auth-policy';
import { patternsOn, wordsIn } from './PathWords';
import { WordPatterns } from './WordPatterns';

/** One of them stands for all words that no pattern touches. */
const STANDS = ['0', '1', '2', 'x', 'y', 'z', '0-0', 'x-0'];
const SLASH = 47;
const PERCENT = 37;

/**
 * Makes one path of those that policies can't tell apart.
 *
 * @remarks
 * A pattern is literal text with `*` between. A word of the path that no literal text can reach into is
 * only ever matched by a `*`, which takes any other such word as well. So all these words become one, and
 * whatever policies say of the result they say of the path. Case doesn't count, as some verdicts hang on
 * it. A path stays as it is where this doesn't hold: with `?` or a variable in a pattern, another operator
 * than those for text, escapes or characters beyond ASCII in the path.
 */
export class PathFolder {
  readonly #patterns?: WordPatterns;
  readonly #stand?: string;

  private constructor(patterns?: WordPatterns) {
    this.#patterns = patterns;
    this.#stand = STANDS.find(word => patterns && !patterns.touches(word));
  }

  /** @param options - `policies`: all that calls to the service are held against */
  static create(options: {
    serviceArn: string;
    policies: readonly Policy[];
  }): PathFolder {
    const service = options.serviceArn.toLowerCase();
    const patterns = patternsOn(options.policies, pattern =>
      onPath(pattern, service),
    );
    return new PathFolder(patterns && WordPatterns.of(wordsIn(patterns)));
  }

  fold(path: string): string {
    const stand = this.#stand;
    const patterns = this.#patterns;
    if (stand === undefined || !patterns) {
      return path;
    }
    let folded = '';
    let kept = 0;
    let start = 0;
    // One further, where the last word ends.
    for (let index = 0; index <= path.length; index++) {
      const code = index < path.length ? path.charCodeAt(index) : SLASH;
      if (isOfWord(code)) {
        continue;
      }
      if (code > 126 || code === PERCENT) {
        return path;
      }
      if (start < index && !patterns.touchesAt(path, start, index)) {
        folded += path.slice(kept, start) + stand;
        kept = index;
      }
      start = index + 1;
    }
    return kept === 0 ? path : folded + path.slice(kept);
  }
}

function isOfWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    code === 45 ||
    code === 95
  );
}

/** The part of a resource pattern that a path can have to do with. */
function onPath(lower: string, service: string): string[] {
  const star = lower.indexOf('*');
  const head = star === -1 ? lower : lower.slice(0, star);
  if (/\?|\$\{/.test(head)) {
    return [lower];
  }
  if (head.startsWith(service)) {
    return [lower.slice(service.length)];
  }
  // A pattern with another beginning is for other services.
  return star !== -1 && service.startsWith(head) ? [lower.slice(star)] : [];
}
