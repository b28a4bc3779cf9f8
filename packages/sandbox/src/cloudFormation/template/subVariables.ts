/** Pieces of an `Fn::Sub` text: literal, or the variable between `${` and `}`. */
export type SubPiece = { literal: string } | { variable: string };

/**
 * Splits the text of `Fn::Sub`. `${!Name}` is the literal `${Name}`.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html}
 */
export function subPieces(text: string): SubPiece[] {
  const pieces: SubPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{(!?)([^{}]*)\}/g)) {
    if (match.index > end) {
      pieces.push({ literal: text.slice(end, match.index) });
    }
    pieces.push(
      match[1] ? { literal: `\${${match[2]}}` } : { variable: match[2].trim() },
    );
    end = match.index + match[0].length;
  }
  if (end < text.length) {
    pieces.push({ literal: text.slice(end) });
  }
  return pieces;
}
