import { syntaxTree } from '@codemirror/language';
import type { Diagnostic } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';
import type { PolicyFinding } from '@lattice-portal/auth-policy';
import { findingsOfWritten } from '../problemsOf';

/** What the lint finds, underlined where it is. */
export function lintEditor(state: EditorState): Diagnostic[] {
  return findingsOfWritten(state.doc.toString()).map(finding => ({
    ...rangeOf(state, finding),
    severity: finding.severity,
    message: finding.message,
    source: finding.code,
  }));
}

function rangeOf(
  state: EditorState,
  { line, column = 1 }: PolicyFinding,
): { from: number; to: number } {
  if (line === undefined || line > state.doc.lines) {
    return { from: 0, to: 0 };
  }
  const { from: start, to: end } = state.doc.line(line);
  const from = Math.min(start + column - 1, end);
  const node = syntaxTree(state).resolveInner(from, 1);
  return { from, to: Math.max(from, Math.min(node.to, end)) };
}
