import { RequestContext } from '../facts/RequestContext';
import { Truth } from '../match/Truth';
import { CompiledStatement } from './CompiledStatement';

/**
 * A statement that is for a caller, or may be.
 *
 * @internal
 */
export interface Candidate {
  compiled: CompiledStatement;
  /** Whether it surely is; never false. */
  truth: Truth;
}

/** Requests to anywhere else than the areas that are named have these in common. */
const ELSEWHERE = '';

/**
 * The statements for one caller, found again by what is called: most name a service and
 * the beginning of a path, and most calls are about something else.
 *
 * @internal
 */
export class Candidates {
  readonly all: readonly Candidate[];
  /** By service and first segment; a list is made when it is first asked for. */
  private readonly areas = new Map<
    string,
    Map<string, readonly Candidate[] | undefined>
  >();
  private lazyElsewhere?: readonly Candidate[] = undefined;

  private constructor(all: readonly Candidate[]) {
    this.all = all;
    for (const { compiled } of all) {
      for (const { service, segment } of compiled.areas ?? []) {
        const segments = this.areas.get(service) ?? new Map();
        segments.set(segment, undefined);
        this.areas.set(service, segments);
      }
    }
  }

  static create(all: readonly Candidate[]): Candidates {
    return new Candidates(all);
  }

  /** Those that may cover what is called, in the order of the document. */
  forCall(context: RequestContext): readonly Candidate[] {
    if (this.areas.size === 0 || context.onlyPath === undefined) {
      return this.all;
    }
    const service = context.looseServiceArn;
    const segments = this.areas.get(service);
    if (!segments) {
      return this.elsewhere;
    }
    const segment = context.firstSegment;
    const known = segments.get(segment);
    if (known) {
      return known;
    }
    if (!segments.has(segment)) {
      return this.elsewhere;
    }
    const list = this.select(service, segment);
    segments.set(segment, list);
    return list;
  }

  private get elsewhere(): readonly Candidate[] {
    this.lazyElsewhere ??= this.select(ELSEWHERE, ELSEWHERE);
    return this.lazyElsewhere;
  }

  private select(service: string, segment: string): readonly Candidate[] {
    return this.all.filter(
      ({ compiled: { areas } }) =>
        !areas ||
        areas.some(
          area => area.service === service && area.segment === segment,
        ),
    );
  }
}
