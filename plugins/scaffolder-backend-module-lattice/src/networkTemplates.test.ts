import {
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateResourceShareCommand, RAMClient } from '@aws-sdk/client-ram';
import {
  CreateServiceNetworkServiceAssociationCommand,
  DeleteServiceNetworkServiceAssociationCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { createMockDirectory } from '@backstage/backend-test-utils';
import catalogLattice from '@lattice-portal/plugin-catalog-backend-module-lattice';
import latticePlugin from '@lattice-portal/plugin-lattice-backend';
import { callService } from './__testUtils__/callService';
import { startProvisioningSandbox } from './__testUtils__/startProvisioningSandbox';
import { startScaffolder, until } from './__testUtils__/startScaffolder';

const platform = '001122334455';
const commerce = '223344556677';
const legacy = '778899001122';

const policyOf = (statement: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', ...statement }],
  });

describe('the templates for service networks and VPCs', () => {
  jest.setTimeout(180_000);
  const place = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startProvisioningSandbox>>;
  let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

  beforeAll(async () => {
    portal = await startProvisioningSandbox();
    scaffolder = await startScaffolder({
      directory: place.resolve('.'),
      groups: ['platform'],
      templateFolders: [
        'service-network',
        'retire-network',
        'join-vpc',
        'leave-vpc',
      ],
      // The one of tests runs nothing by itself, and the estate has to be read again and again.
      features: [latticePlugin, catalogLattice, schedulerServiceFactory],
    });
  });
  afterAll(async () => {
    await portal?.stop();
  });

  const networkNames = () =>
    [...portal.estate.serviceNetworks.values()].map(({ name }) => name);

  const networkOf = (name: string) =>
    portal.estate.serviceNetworks.find(network => network.name === name);

  const makeNetwork = (values: object = {}) =>
    scaffolder.run('lattice-service-network', {
      name: 'partners',
      description: 'For partners',
      owner: 'group:default/platform',
      account: platform,
      region: 'us-east-1',
      organization: 'o-lattice01',
      shareWith: [commerce, legacy],
      ...values,
    });

  const retireNetwork = (values: object) =>
    scaffolder.run('lattice-retire-network', {
      network: 'resource:default/partners',
      confirm: 'partners',
      ...values,
    });

  const clientOf = <T>(Client: new (config: any) => T, accountId: string): T =>
    new Client(portal.sandbox.clientConfig({ accountId }));

  const vpcOfLegacy = () =>
    portal.estate.vpcs.find(({ accountId }) => accountId === legacy);

  const vpcAnswers = (way: 'association' | 'endpoint') => ({
    account: legacy,
    network: networkOf('partners')?.arn,
    way,
    vpc: vpcOfLegacy()?.id,
  });

  const subnetsOfLegacy = () =>
    portal.estate.subnets
      .filter(({ vpcId }) => vpcId === vpcOfLegacy()?.id)
      .map(({ id }) => id);

  const join = (way: 'association' | 'endpoint', values: object = {}) =>
    scaffolder.run('lattice-join-vpc', {
      ...vpcAnswers(way),
      owner: 'group:default/platform',
      ...(way === 'association'
        ? { prefixList: 'pl-0123456789abcdef0' }
        : { subnets: subnetsOfLegacy() }),
      ...values,
    });

  const leave = (way: 'association' | 'endpoint', values: object) =>
    scaffolder.run('lattice-leave-vpc', {
      ...vpcAnswers(way),
      confirm: vpcOfLegacy()?.id,
      days: 7,
      ...values,
    });

  it('makes a network, and changes nothing when run again', async () => {
    const { status, log } = await makeNetwork();
    expect({ status, log }).toMatchObject({ status: 'completed' });
    expect(networkNames()).toContain('partners');
    await until(
      async () =>
        (
          await scaffolder.entity('resource/default/partners')
        ).relations?.some(
          ({ type }: { type: string }) => type === 'dependencyOf',
        ),
      60_000,
    );

    const again = await makeNetwork();
    expect(again).toMatchObject({ status: 'completed' });
    expect(again.log).toMatch(/network-partners is so already/);
    const changed = await makeNetwork({ logRetentionDays: 7 });
    expect(changed).toMatchObject({ status: 'completed' });
    expect(changed.log).toMatch(/network-partners is updated/);
  });

  it('refuses to retire a network that something is in', async () => {
    const wrong = await retireNetwork({ what: 'retire', confirm: 'partner' });
    expect(wrong.log).toMatch(
      /The name typed is 'partner', the service network is 'partners'. Nothing was removed/,
    );

    const lattice = clientOf(VPCLatticeClient, commerce);
    const orders = portal.estate.services.find(({ name }) => name === 'orders');
    const { id } = await lattice.send(
      new CreateServiceNetworkServiceAssociationCommand({
        serviceIdentifier: orders?.arn,
        serviceNetworkIdentifier: networkOf('partners')?.arn,
      }),
    );
    const shown = await retireNetwork({ what: 'show' });
    expect(shown.status).toBe('completed');
    expect(shown.output.text[0].content).toMatch(
      /^- \*\*contents\*\* \(left\): In it are service orders of account \d{12}. Take them out first/,
    );
    const refused = await retireNetwork({ what: 'retire' });
    expect(refused.status).toBe('failed');
    expect(refused.log).toMatch(
      /can't be retired yet: In it are service orders.*Nothing was removed/,
    );
    expect(networkNames()).toContain('partners');
    await lattice.send(
      new DeleteServiceNetworkServiceAssociationCommand({
        serviceNetworkServiceAssociationIdentifier: id,
      }),
    );
  });

  it('refuses to retire a network that is shared by others means', async () => {
    const ram = clientOf(RAMClient, platform);
    const { resourceShare } = await ram.send(
      new CreateResourceShareCommand({
        name: 'by hand',
        resourceArns: [networkOf('partners')?.arn ?? ''],
        principals: [commerce],
      }),
    );
    const { log } = await retireNetwork({ what: 'retire' });
    expect(log).toMatch(
      /It is shared by \S+, which its product didn't make, with 223344556677. Take it out of that share first/,
    );
    portal.estate.resourceShares.delete(resourceShare?.resourceShareArn ?? '');
  });

  it.each(['association', 'endpoint'] as const)(
    'lets a VPC in by an %s, and takes it out again',
    async way => {
      const joined = await join(way);
      expect(joined).toMatchObject({ status: 'completed' });
      const again = await join(way);
      expect(again).toMatchObject({ status: 'completed' });
      expect(again.log).toMatch(/is so already/);
      const wider = await join(way, { clientCidrs: ['10.9.0.0/16'] });
      expect(wider).toMatchObject({ status: 'completed' });
      expect(wider.log).toMatch(/is updated/);

      const inUse = await retireNetwork({ what: 'retire' });
      expect(inUse.log).toMatch(
        /In it are (VPC vpc-\w+|endpoint vpce-\w+) of account 778899001122/,
      );
      const wrong = await leave(way, {
        what: 'anyway',
        confirm: 'vpc-01234567',
      });
      expect(wrong.log).toMatch(/The name typed is 'vpc-01234567'/);
      const other = await leave(
        way === 'association' ? 'endpoint' : 'association',
        {
          what: 'anyway',
        },
      );
      expect(other.output.text[0].content).toMatch(
        /^- \*\*product\*\* \(nothing\): .*is not in the service network by an/,
      );
      // Until its log is read, it is unknown whether somebody called.
      const shown = await until(async () => {
        const { output } = await leave(way, { what: 'show' });
        const [{ content }] = output.text;
        return content.includes('(nothing): Nobody called') && content;
      });
      expect(shown).toMatch(
        /^- \*\*callers\*\* .*in the last 7 days.*\n- \*\*product\*\* \(would be done\): To remove: provisioned product vpc-/,
      );

      const { status, log } = await leave(way, { what: 'unless-used' });
      expect({ status, log }).toMatchObject({ status: 'completed' });
      expect(log).toMatch(/is removed from account 778899001122/);
      const gone = await leave(way, { what: 'unless-used' });
      expect(gone.output.text[0].content).toMatch(/product\*\* \(nothing\)/);
    },
  );

  /** A role of account legacy that may call what lets it. */
  async function makeCaller(name: string): Promise<string> {
    const iam = clientOf(IAMClient, legacy);
    await iam.send(
      new CreateRoleCommand({
        RoleName: name,
        AssumeRolePolicyDocument: policyOf({
          Principal: { AWS: `arn:aws:iam::${legacy}:root` },
          Action: 'sts:AssumeRole',
        }),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'invoke',
        PolicyDocument: policyOf({
          Action: 'vpc-lattice-svcs:Invoke',
          Resource: '*',
        }),
      }),
    );
    return `arn:aws:iam::${legacy}:role/${name}`;
  }

  it('keeps a VPC in while somebody calls from it, unless told otherwise', async () => {
    await join('association');
    const service = portal.estate.services.find(
      ({ name }) => name === 'status',
    );
    const lattice = clientOf(VPCLatticeClient, platform);
    const { id } = await lattice.send(
      new CreateServiceNetworkServiceAssociationCommand({
        serviceIdentifier: service?.arn,
        serviceNetworkIdentifier: networkOf('partners')?.arn,
      }),
    );
    const roleArn = await makeCaller('till');
    const called = await callService({
      url: portal.sandbox.url,
      signer: portal.sandbox.clientConfig({ accountId: legacy, roleArn }),
      host: service!.dnsEntry.domainName,
      sourceVpcId: vpcOfLegacy()!.id,
      path: '/',
    });
    expect(called).toBe(200);

    const lost =
      /Would lose access, as they called from it in the last 7 days: till of account 778899001122 to status, last at \d{4}-/;
    await until(async () => {
      const { output } = await leave('association', { what: 'show' });
      return lost.test(output.text[0].content);
    }, 60_000);
    const refused = await leave('association', { what: 'unless-used' });
    expect(refused.status).toBe('failed');
    expect(refused.log).toMatch(
      new RegExp(
        `${vpcOfLegacy()?.id} stays in the service network. ${
          lost.source
        }.*choose to take it out whoever loses access. Nothing was removed`,
      ),
    );
    const isIn = () =>
      portal.estate.vpcAssociations.find(
        ({ serviceNetworkArn }) =>
          serviceNetworkArn === networkOf('partners')?.arn,
      ) !== undefined;
    expect(isIn()).toBe(true);

    const { status, log, output } = await leave('association', {
      what: 'anyway',
    });
    expect({ status, log }).toMatchObject({ status: 'completed' });
    expect(output.text[0].content).toMatch(
      new RegExp(
        `^- \\*\\*callers\\*\\* \\(left\\): ${lost.source}.*\\n- \\*\\*product\\*\\* \\(done\\)`,
      ),
    );
    expect(isIn()).toBe(false);
    await lattice.send(
      new DeleteServiceNetworkServiceAssociationCommand({
        serviceNetworkServiceAssociationIdentifier: id,
      }),
    );
  });

  it('takes out nothing that came in otherwise', async () => {
    const association = portal.estate.vpcAssociations.find(
      ({ accountId }) => accountId === commerce,
    );
    const { log } = await leave('association', {
      account: commerce,
      network: association?.serviceNetworkArn,
      vpc: association?.vpcId,
      confirm: association?.vpcId,
      what: 'anyway',
    });
    expect(log).toMatch(
      /is in the service network by arn:\S+, which no template of this portal made. Nothing was removed/,
    );
  });

  it('refuses a network that no template made', async () => {
    const { log } = await retireNetwork({
      network: 'resource:default/company',
      confirm: 'company',
      what: 'retire',
    });
    expect(log).toMatch(
      /no template of this portal made service network company. Nothing was removed/,
    );
    expect(networkNames()).toContain('company');
  });

  it('retires a network, and keeps its logs', async () => {
    const { output } = await retireNetwork({ what: 'show' });
    expect(output.text[0].content.split('\n')).toEqual([
      '- **contents** (nothing): Nothing is in it',
      '- **share** (would be done): To end: its share with 223344556677, 778899001122',
      '- **grants** (nothing): No access request is under way or in force',
      expect.stringMatching(
        /^- \*\*product\*\* \(would be done\): To remove: provisioned product network-partners/,
      ),
      expect.stringMatching(
        /^- \*\*logs\*\* \(kept\): Bucket \S+ stays with all access logs.*365 days after it came.*Log groups \S+network-partners and \S+network-partners-resources go with the network/,
      ),
      '- **repository** (would be done): To archive: network-partners',
      '- **entities** (would be done): To take out of the catalog: component:default/network-partners',
    ]);

    const { status, log } = await retireNetwork({ what: 'retire' });
    expect({ status, log }).toMatchObject({ status: 'completed' });
    expect(networkNames()).not.toContain('partners');
    expect(log).toMatch(/LogBucket \(AWS::S3::Bucket\) DELETE_SKIPPED/);
    expect(
      await scaffolder.request('/api/lattice-git/network-partners'),
    ).toContain('archived');
    await until(
      async () =>
        (
          await scaffolder.entity('component/default/network-partners')
        ).error?.name,
    );
  });
});
