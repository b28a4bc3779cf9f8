import { RequestContext } from '../facts/RequestContext';
import { Pattern } from './Pattern';
import { FALSE, TRUE, Truth, UNKNOWN } from './Truth';
import { ResourceArea, onlyFirstSegment } from './ResourceArea';
import { looseServiceArn } from './looseServiceArn';
import { looseText } from './looseText';
import { matchesWithinParts } from './resourceParts';

const SERVICE = /^arn:(?:[\w-]*:){4}[\w-]+\/[\w-]+(?=\/)/;

/**
 * A resource pattern that names its service in full and has wildcards in the path only,
 * as nearly all have. The service is compared as a whole, and the path without it.
 */
export class AnchoredPattern {
  private readonly whole: Pattern;
  private readonly service: string;
  private readonly looseService: string;
  private readonly path: Pattern;
  /** Where all that the pattern matches lies; undefined if that is all over the service. */
  readonly area?: ResourceArea;
  private lazyLoosePath?: Pattern;
  /** Whether the loose reading of the pattern is the pattern itself. */
  private isLoose = false;

  private constructor(whole: Pattern, service: string, path: Pattern) {
    this.whole = whole;
    this.service = service;
    this.looseService = looseServiceArn(service);
    this.path = path;
    const segment = onlyFirstSegment({
      head: path.head,
      isWhole: path.literal !== undefined,
    });
    this.area =
      segment === undefined
        ? undefined
        : { service: this.looseService, segment };
    this.lazyLoosePath = undefined;
  }

  /** @returns undefined for a pattern of another form. */
  static create(pattern: Pattern): AnchoredPattern | undefined {
    const { source, head } = pattern;
    const service = SERVICE.exec(head)?.[0];
    return source === undefined || service === undefined
      ? undefined
      : new AnchoredPattern(
          pattern,
          service,
          Pattern.fromText(
            source.slice(service.length),
            pattern.literal === undefined,
          ),
        );
  }

  /** The same as the whole pattern on the resource, for a path with one reading. */
  match(context: RequestContext, path: string): Truth {
    if (
      context.looseServiceArn !== this.looseService ||
      (this.area && this.area.segment !== context.firstSegment)
    ) {
      return FALSE;
    }
    const isMatch = this.path.matches(path);
    if (isMatch && context.request.serviceArn === this.service) {
      return !path.includes(':') ||
        this.whole.literal !== undefined ||
        matchesWithinParts(this.whole, `${this.service}${path}`)
        ? TRUE
        : UNKNOWN;
    }
    const loosePath = this.lazyLoosePath ?? this.loosen();
    if (this.isLoose && context.loosePath === path) {
      return isMatch ? UNKNOWN : FALSE;
    }
    return loosePath.matches(context.loosePath) ? UNKNOWN : FALSE;
  }

  private loosen(): Pattern {
    const { codes } = looseText(this.whole);
    const loose = Pattern.fromCodes(codes.slice(this.service.length));
    this.lazyLoosePath = loose;
    this.isLoose = String(loose.codes) === String(this.path.codes);
    return loose;
  }
}
