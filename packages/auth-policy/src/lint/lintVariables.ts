import { LintContext } from './LintContext';

/**
 * Variables where they are plain text.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function lintVariables(context: LintContext): void {
  const { version, statements } = context.policy;
  if (version === '2012-10-17') {
    return;
  }
  const add = (path: string, text: string) => {
    if (/\$\{[^}]*\}/.test(text)) {
      context.add({
        code: 'variable-in-old-version',
        severity: 'warning',
        path,
        message: `"${text}" holds a policy variable, which is plain text unless Version is 2012-10-17.`,
      });
    }
  };
  for (const statement of statements) {
    const resource = context.element(statement, 'Resource');
    for (const [index, text] of statement.resource.patterns.entries()) {
      add(context.item(resource, index), text);
    }
    for (const condition of statement.conditions ?? []) {
      const path = context.condition(statement, condition);
      for (const [index, { text }] of condition.values.entries()) {
        add(context.item(path, index), text);
      }
    }
  }
}
