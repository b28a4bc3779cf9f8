import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { templateFolder } from './__testUtils__/startTemplateRenderer';

describe('npm run cfn-lint', () => {
  it('says that it is skipped where there is no Python', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(templateFolder('..'), 'scripts/cfn-lint.mjs')],
      { env: { PATH: '/nowhere' }, encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'cfn-lint skipped: no Python 3.10 or newer is here\n',
    });
  });
});
