import { BoundedMap } from '../BoundedMap';
import { PolicyKind } from '../parse/Policy';
import { CompiledPolicy } from './CompiledPolicy';

/**
 * How a document is to be read.
 *
 * @public
 */
export interface CompilePolicyOptions {
  /** Default: `resource`, an auth policy. */
  kind?: PolicyKind;
}

/** Texts kept compiled, per kind; the one used longest ago goes first. */
const MAX_TEXTS = 500;
/** Texts remembered as met once, per kind. */
const MAX_MET = 500;

class Cache {
  private readonly documents = new WeakMap<object, CompiledPolicy>();
  private readonly texts = new Map<string, CompiledPolicy>();
  /**
   * Many texts are never met again, and their statements take much more memory than they
   * do: only what is met twice is kept compiled.
   */
  private readonly met = BoundedMap.create<string, true>(MAX_MET);

  get(source: object | string): CompiledPolicy | undefined {
    if (typeof source !== 'string') {
      return this.documents.get(source);
    }
    const found = this.texts.get(source);
    if (found) {
      this.texts.delete(source);
      this.texts.set(source, found);
    }
    return found;
  }

  set(source: object | string, compiled: CompiledPolicy): void {
    if (typeof source !== 'string') {
      this.documents.set(source, compiled);
      return;
    }
    if (!this.met.get(source)) {
      this.met.set(source, true);
      return;
    }
    this.texts.set(source, compiled);
    if (this.texts.size > MAX_TEXTS) {
      const [oldest] = this.texts.keys();
      this.texts.delete(oldest);
    }
  }
}

const CACHES: Record<PolicyKind, Cache> = {
  resource: new Cache(),
  identity: new Cache(),
};

/**
 * Makes a policy document ready for many decisions.
 *
 * @remarks
 * `decide` does so by itself and remembers the result: for parsed JSON by identity, so
 * don't change a document that was decided on; for text by its content, from its second
 * use on.
 *
 * @param source - the document as text or parsed JSON, or what this function returned.
 * @public
 */
export function compilePolicy(
  source: unknown,
  options: CompilePolicyOptions = {},
): CompiledPolicy {
  const { kind = 'resource' } = options;
  if (source instanceof CompiledPolicy) {
    if (source.kind !== kind) {
      const error = new Error(
        `The policy was compiled as ${source.kind}, not as ${kind}`,
      );
      error.name = 'InputError';
      throw error;
    }
    return source;
  }
  if (
    typeof source !== 'string' &&
    (typeof source !== 'object' || source === null)
  ) {
    return CompiledPolicy.create(source, kind);
  }
  const cached = CACHES[kind].get(source);
  if (cached) {
    return cached;
  }
  const compiled = CompiledPolicy.create(source, kind);
  CACHES[kind].set(source, compiled);
  return compiled;
}
