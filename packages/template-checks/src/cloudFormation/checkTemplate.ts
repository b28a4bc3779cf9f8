import { checkOutputs, checkReferences } from './checkReferences';
import { checkResources } from './checkResources';
import { SourceTemplate } from './SourceTemplate';
import type { TemplateProblem } from './TemplateProblem';

/**
 * What CloudFormation would refuse of a template, or what would surprise later, without CloudFormation:
 * unknown types and properties, missing and read-only ones, values of the wrong type, references to what
 * is not there or not in every case, what is never used, replacements that fail.
 *
 * @remarks
 * Types are those of `@aws-cdk/aws-service-spec`, as the sandbox has them.
 *
 * @throws Error when the text is no well-formed YAML or JSON.
 */
export function checkTemplate(text: string): TemplateProblem[] {
  const source = SourceTemplate.parse(text);
  const { value } = source;
  return [
    ...checkResources(value),
    ...checkReferences(value),
    ...checkOutputs(value),
  ].map(([path, message]) => source.problem(path, message));
}
