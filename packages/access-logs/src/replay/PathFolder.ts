import type { Policy } from '@lattice-portal/auth-policy';

/** What ids are mostly made of. */
const FOLDABLE = [...'0123456789abcdefghijklmnopqrstuvwxyz_-'];
const REQUEST_PATH = 'vpc-lattice-svcs:requestpath';
const TEXT_OPERATOR = /^(String(Not)?(Equals|EqualsIgnoreCase|Like)|Null)$/;

/**
 * Makes one path of those that policies can't tell apart.
 *
 * @remarks
 * A pattern is literal text with `*` between. A character that stands in none of the texts can only be
 * matched by a `*`, and a run of such characters matches like a single one. So every run becomes one
 * character, and whatever policies say of the result they say of the path. Case doesn't count, as some
 * verdicts hang on it. A path stays as it is where this doesn't hold: with `?` or a variable in a
 * pattern, another operator than those for text, escapes or characters beyond ASCII in the path.
 */
export class PathFolder {
  readonly #runs?: RegExp;
  readonly #stand: string;

  private constructor(runs: RegExp | undefined, stand: string) {
    this.#runs = runs;
    this.#stand = stand;
  }

  /** @param options - `policies`: all that calls to the service are held against */
  static create(options: {
    serviceArn: string;
    policies: readonly Policy[];
  }): PathFolder {
    const texts = textsOn(options);
    const seen = texts && new Set(texts.join('').toLowerCase());
    const free = seen ? FOLDABLE.filter(character => !seen.has(character)) : [];
    if (free.length === 0) {
      return new PathFolder(undefined, '');
    }
    const members = free
      .map(character =>
        character === '-'
          ? '\\-'
          : character + character.toUpperCase().replace(/[\d_]/, ''),
      )
      .join('');
    return new PathFolder(new RegExp(`[${members}]+`, 'g'), free[0]);
  }

  fold(path: string): string {
    return this.#runs && isPlain(path)
      ? path.replace(this.#runs, this.#stand)
      : path;
  }
}

function isPlain(path: string): boolean {
  for (let index = 0; index < path.length; index++) {
    const code = path.charCodeAt(index);
    if (code > 126 || code === 37) {
      return false;
    }
  }
  return true;
}

/** The literal texts that a path is held against; undefined if there is more to it. */
function textsOn(options: {
  serviceArn: string;
  policies: readonly Policy[];
}): string[] | undefined {
  const service = options.serviceArn.toLowerCase();
  const patterns: string[] = [];
  for (const { statements } of options.policies) {
    for (const { resource, conditions = [] } of statements) {
      patterns.push(...resource.patterns.flatMap(one => onPath(one, service)));
      for (const { key, base, values } of conditions) {
        if (key.toLowerCase() === REQUEST_PATH) {
          if (!TEXT_OPERATOR.test(base)) {
            return undefined;
          }
          patterns.push(...values.map(({ text }) => text));
        }
      }
    }
  }
  return patterns.some(pattern => /\?|\$\{/.test(pattern))
    ? undefined
    : patterns;
}

/** The parts of a resource pattern that a path can have to do with. */
function onPath(pattern: string, service: string): string[] {
  const [head, ...others] = pattern.toLowerCase().split('*');
  if (/\?|\$\{/.test(head)) {
    return [pattern];
  }
  if (head.startsWith(service)) {
    return [head.slice(service.length), ...others];
  }
  // A pattern with another beginning is for other services.
  return service.startsWith(head) ? others : [];
}
