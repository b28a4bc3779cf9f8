import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { templateFolder } from './__testUtils__/startTemplateRenderer';

/** Every software template: its path under `templates`, and what its form asks for. */
function forms(): [string, unknown][] {
  const folder = templateFolder('.');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      path => /\.yaml$/.test(path) && !/\b(skeleton|product)\b/.test(path),
    )
    .sort()
    .flatMap(path =>
      parseAllDocuments(readFileSync(join(folder, path), 'utf8'), {
        logLevel: 'silent',
      })
        .map(document => document.toJS())
        .filter(document => document?.kind === 'Template')
        .map((document): [string, unknown] => [path, document.spec.parameters]),
    );
}

/** The patterns that people would be shown themselves, for want of words. */
function wordless(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  const { errorMessage, ...rest } = schema as Record<string, any>;
  const { pattern } = rest;
  return [
    ...(typeof pattern === 'string' &&
    !/^must [a-z]/.test(errorMessage?.pattern ?? '')
      ? [`${path}: ${pattern}`]
      : []),
    ...Object.entries(rest).flatMap(([key, value]) =>
      wordless(value, `${path}/${key}`),
    ),
  ];
}

describe('the forms of the templates', () => {
  it.each(forms())('says in words what %s refuses', (_, parameters) => {
    expect(wordless(parameters)).toEqual([]);
  });

  it('finds what has no words', () => {
    expect(forms().length).toBeGreaterThan(8);
    expect(
      wordless({
        one: { pattern: 'a' },
        two: { pattern: 'b', errorMessage: { pattern: 'must be b' } },
      }),
    ).toEqual(['/one: a']);
  });
});
