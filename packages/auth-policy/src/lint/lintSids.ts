import { Statement } from '../parse/Policy';
import { LintContext } from './LintContext';

/**
 * Sids, and statements that stand twice.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */
export function lintSids(context: LintContext): void {
  const sids = new Set<string>();
  const contents = new Map<string, Statement>();
  for (const statement of context.policy.statements) {
    const { sid, index, ...content } = statement;
    const path = context.statement(statement);
    if (sid !== undefined) {
      if (!/^[A-Za-z0-9]*$/.test(sid)) {
        context.add({
          code: 'sid-characters',
          severity: 'warning',
          path: `${path}.Sid`,
          message: `Sid "${sid}" has other characters than letters and digits.`,
        });
      }
      if (sids.has(sid)) {
        context.add({
          code: 'duplicate-sid',
          severity: 'warning',
          path: `${path}.Sid`,
          message: `Sid ${sid} is used by an earlier statement.`,
        });
      }
      sids.add(sid);
    }
    const text = JSON.stringify(content);
    const twin = contents.get(text);
    if (twin) {
      context.add({
        code: 'redundant-statement',
        severity: 'warning',
        path,
        message: `The statement says the same as statement ${
          twin.sid ?? twin.index
        }.`,
      });
    } else {
      contents.set(text, statement);
    }
  }
}
