import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SourceTemplate } from '../cloudFormation/SourceTemplate';
import { templateFolder } from '../__testUtils__/startTemplateRenderer';
import { accountRoleFiles } from './accountRoleFiles';
import { readLaunchRoles } from './readLaunchRoles';

const templates = templateFolder('.');
const read = (text: string) => parse(text, { logLevel: 'silent' });

describe('the roles of accounts', () => {
  it('are as the products need them', async () => {
    for (const [path, text] of Object.entries(
      await accountRoleFiles(templates),
    )) {
      // When this fails: npm run account-roles
      expect(await readFile(join(templates, path), 'utf8')).toBe(text);
    }
  });

  it('hold each launch policy, and fit what AWS takes', async () => {
    const [accountRoles, product] = Object.values(
      await accountRoleFiles(templates),
    );
    const roles: any[] = Object.values(read(accountRoles).Resources);
    const launchRoles = await readLaunchRoles(templates);
    expect(launchRoles.length).toBeGreaterThanOrEqual(4);
    for (const { name, isForPlatform, policy } of launchRoles) {
      const role = roles.find(({ Properties }) => Properties.RoleName === name);
      expect(role.Properties.Policies[0].PolicyDocument).toEqual(policy);
      expect(role.Condition).toBe(
        isForPlatform ? 'IsPlatformAccount' : undefined,
      );
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
      expect(JSON.stringify(policy).length).toBeLessThanOrEqual(10_240);
    }
    const { TemplateBody } = read(product).Resources.Roles.Properties;
    expect(JSON.parse(TemplateBody)).toEqual(
      SourceTemplate.parse(accountRoles).value,
    );
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    expect(TemplateBody.length).toBeLessThanOrEqual(51_200);
  });

  it('allow actions by their full names only, in statements with a name', async () => {
    const [accountRoles] = Object.values(await accountRoleFiles(templates));
    for (const { Properties } of Object.values<any>(
      read(accountRoles).Resources,
    )) {
      for (const { Sid, Action } of Properties.Policies[0].PolicyDocument
        .Statement) {
        expect(Sid).toMatch(/^[A-Z][A-Za-z]+$/);
        expect([Action].flat().filter(action => action.includes('*'))).toEqual(
          [],
        );
      }
    }
  });
});
