import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountRoleFiles } from './accountRoles/accountRoleFiles';

// npm run account-roles
async function main(templates: string | undefined): Promise<void> {
  if (!templates) {
    throw new Error('The folder of the templates is needed as argument');
  }
  for (const [path, text] of Object.entries(
    await accountRoleFiles(templates),
  )) {
    const file = join(templates, path);
    await writeFile(file, text);
    process.stdout.write(`${file}\n`);
  }
}

main(process.argv[2]).catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
