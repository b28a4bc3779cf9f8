import { parseDocument } from 'yaml';
import { LANGUAGE_EXTENSIONS, Template, templateSchema } from './Template';
import { TemplateError } from './TemplateError';
import { checkFunctions } from './checkFunctions';
import { isListType, splitList } from './resolveParameters';
import { expandLoops } from './expandLoops';
import { shortFormTags } from './shortFormTags';

/** CloudFormation's limit on a template, in bytes; one in a request has a lower one. */
const MAXIMUM_BYTES = 1_000_000;

const sections = new Set(Object.keys(templateSchema.shape));

/**
 * Reads a CloudFormation template, JSON or YAML with short-form functions.
 *
 * @param given - Values of parameters, over which `Fn::ForEach` may loop; else their defaults.
 * @throws TemplateError when it is not well formed or uses a section the sandbox can't execute.
 * @public
 */
export function parseTemplate(
  body: string,
  given: Record<string, string> = {},
): Template {
  if (Buffer.byteLength(body) > MAXIMUM_BYTES) {
    throw new TemplateError(
      `Template may not exceed ${MAXIMUM_BYTES} bytes in size.`,
    );
  }
  const document = parseDocument(body, { customTags: shortFormTags });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    throw new TemplateError(`Template format error: ${problem.message}`);
  }
  const value: unknown = document.toJS();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TemplateError('Template format error: unsupported structure.');
  }
  const unknownSections = Object.keys(value).filter(key => !sections.has(key));
  if (unknownSections.length > 0) {
    throw new TemplateError(
      `Invalid template property or properties [${unknownSections.join(', ')}]`,
    );
  }
  const extended = usesLanguageExtensions(value)
    ? expandLoops(value, listParameters(value, given))
    : value;
  const parsed = templateSchema.safeParse(extended);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new TemplateError(
      `Template format error: [${issue.path.join('/')}] ${issue.message}`,
    );
  }
  checkFunctions(parsed.data);
  return parsed.data;
}

function usesLanguageExtensions(template: { Transform?: unknown }): boolean {
  return [template.Transform].flat().includes(LANGUAGE_EXTENSIONS);
}

/** The parameters that are lists, for loops; whether they are well formed is checked later. */
function listParameters(
  { Parameters }: { Parameters?: Record<string, any> },
  given: Record<string, string>,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(Parameters ?? {})
      .filter(([, parameter]) => isListType(String(parameter?.Type)))
      .map(([name, parameter]) => [
        name,
        splitList(given[name] ?? String(parameter.Default ?? '')),
      ]),
  );
}
