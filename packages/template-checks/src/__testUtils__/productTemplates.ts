import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateFolder } from './startTemplateRenderer';

/** Every CloudFormation template of the software templates: its path under `templates`, and its file. */
export function productTemplates(): [string, string][] {
  const folder = templateFolder('.');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.yaml$/.test(path) && !/\bskeleton\b/.test(path))
    .map((path): [string, string] => [path, join(folder, path)])
    .filter(([, file]) =>
      readFileSync(file, 'utf8').includes('AWSTemplateFormatVersion:'),
    )
    .sort();
}
