import { DocumentText } from './DocumentText';
import { MergedChange } from './MergeResult';
import { StatementText } from './StatementText';

/** Writes changes into a document; everything else stays the text that it is. */
export function spliceStatements(options: {
  now: DocumentText;
  ours: ReadonlyMap<string, StatementText>;
  changes: readonly MergedChange[];
}): string {
  const { now, ours, changes } = options;
  const { before, value, after, statements } = now;
  if (changes.length === 0) {
    return `${before}${value}${after}`;
  }
  const changed = new Map(changes.map(({ sid, kind }) => [sid, kind]));
  const texts: string[] = [];
  for (const { sid, raw } of statements) {
    const kind = sid === undefined ? undefined : changed.get(sid);
    if (kind === undefined) {
      texts.push(raw);
    } else if (kind === 'changed') {
      texts.push(ours.get(sid!)!.raw);
    }
  }
  for (const { sid, kind } of changes) {
    if (kind === 'added') {
      texts.push(ours.get(sid)!.raw);
    }
  }
  const isSingle = !now.isList && texts.length === 1;
  return `${before}${isSingle ? texts[0] : `[${texts.join(',')}]`}${after}`;
}
