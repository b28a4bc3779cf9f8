import { parseTemplate } from '../match/Template';
import { Policy } from './Policy';
import { Part } from './Problems';
import { readList, readString } from './readStrings';

/** Reads the value of `Action`, `NotAction`, `Resource` or `NotResource`. */
export function parsePatterns(options: {
  part: Part;
  element: 'Action' | 'Resource';
  version: Policy['version'];
}): string[] {
  const { part, element, version } = options;
  const patterns: string[] = [];
  for (const item of readList(part)) {
    const text = readString(item, element);
    if (text === undefined) {
      continue;
    }
    const message =
      element === 'Action'
        ? actionProblem(text, version)
        : resourceProblem(text, version);
    if (message) {
      item.problems.add({ path: item.path, message, at: item.node });
    }
    patterns.push(text);
  }
  return patterns;
}

function actionProblem(
  text: string,
  version: Policy['version'],
): string | undefined {
  if (text !== '*' && !/^[^:\s]+:[^:\s]+$/.test(text)) {
    return `Action "${text}" must be "*" or of the form service:Action`;
  }
  return version === '2012-10-17' && text.includes('${')
    ? 'Policy variables are not allowed in Action'
    : undefined;
}

function resourceProblem(
  text: string,
  version: Policy['version'],
): string | undefined {
  if (text === '') {
    return 'Resource is empty';
  }
  return version === '2012-10-17' && text.includes('${')
    ? parseTemplate(text, { wildcards: true, variables: true }).problem
    : undefined;
}
