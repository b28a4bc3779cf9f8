import { Pattern, STAR } from './Pattern';

const SLASH = 47;

/** A resource pattern as it is held against the loose reading of a path. */
export function looseText(pattern: Pattern): Pattern {
  const { derived } = pattern;
  derived.loose ??= loosen(pattern);
  return derived.loose;
}

function loosen({ codes }: Pattern): Pattern {
  const loose: number[] = [];
  for (const code of codes) {
    if (code !== SLASH || loose[loose.length - 1] !== SLASH) {
      loose.push(lower(code));
    }
  }
  // A pattern for "/" keeps its only slash: the reading of that path does so too.
  const last = loose[loose.length - 1];
  const isWholePath = loose.indexOf(SLASH) === loose.length - 1;
  if (last === SLASH && loose.length > 1 && !isWholePath) {
    loose.pop();
  }
  return Pattern.fromCodes(loose);
}

function lower(code: number): number {
  return code <= STAR
    ? code
    : String.fromCharCode(code).toLowerCase().charCodeAt(0);
}
