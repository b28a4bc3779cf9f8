import { DocumentText } from './DocumentText';
import { MergeConflict } from './MergeResult';
import { StatementText } from './StatementText';

/** The owned statements of a document by Sid, in its order. */
export function findOwned(options: {
  document: DocumentText;
  owns: (sid: string) => boolean;
  /** Sids that stand more than once are added here. */
  conflicts: MergeConflict[];
}): Map<string, StatementText> {
  const { document, owns, conflicts } = options;
  const owned = new Map<string, StatementText>();
  for (const statement of document.statements) {
    const { sid } = statement;
    if (sid === undefined || !owns(sid)) {
      continue;
    }
    if (owned.has(sid) && !conflicts.some(conflict => conflict.sid === sid)) {
      conflicts.push({
        kind: 'duplicate-sid',
        message: `Sid ${sid} stands more than once.`,
        sid,
      });
    }
    owned.set(sid, statement);
  }
  return owned;
}

/** All statements that aren't owned, in comparable form. */
export function foreignOf(
  { statements }: DocumentText,
  owns: (sid: string) => boolean,
): string {
  return statements
    .filter(({ sid }) => sid === undefined || !owns(sid))
    .map(({ canonical }) => canonical)
    .join('\n');
}
