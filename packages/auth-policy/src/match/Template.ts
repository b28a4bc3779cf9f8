import { Pattern, STAR, codesOf } from './Pattern';

/** A value of a policy, with its variables found. */
export interface Template {
  pieces: TemplatePiece[];
  /** Whether there is any variable. */
  dynamic: boolean;
}

export type TemplatePiece =
  | { kind: 'text'; text: string; wildcards: boolean }
  | { kind: 'variable'; key: string; fallback?: string };

export interface ParsedTemplate {
  template: Template;
  /** What is wrong with a variable. */
  problem?: string;
}

/**
 * Finds the variables of a value: `${key}`, `${key, 'default'}`, and `${*}`, `${?}` and
 * `${$}` for the characters themselves.
 *
 * @param options - `wildcards`: whether `*` and `?` match other text; `variables`:
 * whether there are variables at all, which is so in policies of version 2012-10-17.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseTemplate(
  text: string,
  options: { wildcards: boolean; variables: boolean },
): ParsedTemplate {
  const { wildcards, variables } = options;
  const pieces: TemplatePiece[] = [];
  let problem: string | undefined;
  let dynamic = false;
  let rest = 0;
  let start = variables ? text.indexOf('${') : -1;
  while (start !== -1) {
    pieces.push({ kind: 'text', text: text.slice(rest, start), wildcards });
    const end = text.indexOf('}', start);
    if (end === -1) {
      problem ??= 'A policy variable has no closing brace';
      rest = text.length;
      break;
    }
    const piece = parseVariable(text.slice(start + 2, end));
    if (piece) {
      pieces.push(piece);
      dynamic ||= piece.kind === 'variable';
    } else {
      problem ??= `"${text.slice(start, end + 1)}" is no policy variable`;
    }
    rest = end + 1;
    start = text.indexOf('${', rest);
  }
  pieces.push({ kind: 'text', text: text.slice(rest), wildcards });
  return { template: { pieces, dynamic }, problem };
}

function parseVariable(inside: string): TemplatePiece | undefined {
  if (inside === '*' || inside === '?' || inside === '$') {
    return { kind: 'text', text: inside, wildcards: false };
  }
  const [, key, fallback] =
    /^([^\s,${}']+)(?:, '([^']*)')?$/.exec(inside) ?? [];
  return key ? { kind: 'variable', key, fallback } : undefined;
}

/** What stands in the place of a variable; undefined for any text at all. */
export type FillVariable = (variable: {
  key: string;
  fallback?: string;
}) => { text: string; wildcards: boolean } | undefined;

/** The pattern of a template with values in the place of its variables. */
export function fillTemplate(template: Template, fill: FillVariable): Pattern {
  const [only] = template.pieces;
  if (template.pieces.length === 1 && only.kind === 'text') {
    return Pattern.fromText(only.text, only.wildcards);
  }
  const codes: number[] = [];
  for (const piece of template.pieces) {
    const filling = piece.kind === 'text' ? piece : fill(piece);
    if (filling) {
      for (const code of codesOf(filling.text, filling.wildcards)) {
        codes.push(code);
      }
    } else {
      codes.push(STAR);
    }
  }
  return Pattern.fromCodes(codes);
}
