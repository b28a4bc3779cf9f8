import { Estate } from '../../estate/Estate';
import { createTestEngine } from '../testing/createTestEngine';

const MEMBERS = ['222222222222', '333333333333'];

function organization(): Estate {
  const estate = new Estate();
  estate.organization.put('organization', {
    id: 'o-test',
    // The account that the test engine calls as.
    managementAccountId: '223344556677',
  });
  for (const id of ['223344556677', ...MEMBERS]) {
    estate.accounts.put(id, { id, name: id, email: `${id}@example.com` });
  }
  return estate;
}

const StackSetName = 'everywhere';
const targets = {
  StackSetName,
  DeploymentTargets: { OrganizationalUnitIds: ['r-test'] },
  Regions: ['us-east-1'],
};

describe('stack sets', () => {
  it('take up their operation after a stop, wherever that is', async () => {
    const statuses = new Set<string>();
    for (let milliseconds = 0; milliseconds <= 120; milliseconds += 20) {
      const estate = organization();
      const interrupted = await createTestEngine({ estate, slow: 20 });
      await interrupted.call('CreateStackSet', {
        StackSetName,
        PermissionModel: 'SERVICE_MANAGED',
        TemplateBody: `
Resources:
  A: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: a } }
  B: { Type: AWS::Logs::LogGroup, DependsOn: A, Properties: { LogGroupName: b } }
`,
      });
      const { OperationId } = await interrupted.call(
        'CreateStackInstances',
        targets,
      );
      await new Promise(wake => setTimeout(wake, milliseconds));
      await interrupted.engine.stop();

      const after = await createTestEngine({ estate });
      after.engine.recover();
      await after.engine.idle();
      const { StackSetOperation } = await after.call(
        'DescribeStackSetOperation',
        { StackSetName, OperationId },
      );
      statuses.add(StackSetOperation.Status);
      // A creation that was interrupted is rolled back: the next operation makes it anew.
      await after.call('CreateStackInstances', targets);
      await after.engine.idle();
      expect(
        estate.logGroups
          .values()
          .map(({ accountId, name }) => `${accountId} ${name}`)
          .sort(),
      ).toEqual(MEMBERS.flatMap(id => [`${id} a`, `${id} b`]));

      await after.call('DeleteStackInstances', {
        ...targets,
        RetainStacks: false,
      });
      await after.engine.idle();
      expect(estate.logGroups.size).toBe(0);
      await after.call('DeleteStackSet', { StackSetName });
    }
    expect([...statuses].sort()).toEqual(['FAILED', 'SUCCEEDED']);
  });
});
