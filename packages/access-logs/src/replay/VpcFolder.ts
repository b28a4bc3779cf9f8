import type { Policy } from '@lattice-portal/auth-policy';

const SOURCE_VPC = 'vpc-lattice-svcs:sourcevpc';
const TEXT_OPERATOR = /^(String(Not)?(Equals|EqualsIgnoreCase|Like)|Null)$/;
/** Texts of which nothing but their characters can matter. Few wildcards: callers of `RegExp` wait for many. */
const PLAIN_PATTERN = /^(?=.)[A-Za-z0-9-]*(\*[A-Za-z0-9-]*){0,3}$/;
const PLAIN_ID = /^[a-z0-9-]+$/;

/**
 * Makes one VPC of those that policies can't tell apart: the same texts of policies match their ids.
 *
 * @remarks
 * VPCs stay as they are where there may be more to it: with other operators than those for text, with `?`
 * or a variable, or where a policy reads something else of a VPC.
 */
export class VpcFolder {
  readonly #patterns: readonly RegExp[];
  readonly #known = new Map<string, string>();

  private constructor(patterns: readonly RegExp[]) {
    this.#patterns = patterns;
  }

  /** Undefined: every VPC is one of its own. */
  static of(policies: readonly Policy[]): VpcFolder | undefined {
    // Variables too: all that begins like the key, beside the key itself in conditions.
    const mentions = JSON.stringify(policies).match(/sourcevpc/gi) ?? [];
    const conditions = policies
      .flatMap(({ statements }) => statements)
      .flatMap(({ conditions: some = [] }) => some)
      .filter(({ key }) => key.toLowerCase() === SOURCE_VPC);
    const texts = conditions.flatMap(({ values, base }) =>
      base === 'Null' ? [] : values.map(({ text }) => text),
    );
    if (
      mentions.length !== conditions.length ||
      !conditions.every(({ base }) => TEXT_OPERATOR.test(base)) ||
      !texts.every(text => PLAIN_PATTERN.test(text))
    ) {
      return undefined;
    }
    return new VpcFolder(
      // Case doesn't count for some verdicts.
      [...new Set(texts)].flatMap(text => {
        const pattern = `^${text.replaceAll('*', '.*')}$`;
        return [new RegExp(pattern), new RegExp(pattern, 'i')];
      }),
    );
  }

  /** The same for VPCs that are one. */
  keyOf(id: string | undefined): string {
    let key = id === undefined ? undefined : this.#known.get(id);
    if (key === undefined) {
      if (id === undefined || !PLAIN_ID.test(id)) {
        return `id ${id}`;
      }
      key = this.#patterns
        .map(pattern => (pattern.test(id) ? 'y' : 'n'))
        .join('');
      this.#known.set(id, key);
    }
    return key;
  }
}
