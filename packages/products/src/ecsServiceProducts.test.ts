import type { TestSandbox } from '@lattice-portal/sandbox';
import {
  callAs,
  endProduct,
  launchProduct,
} from './__testUtils__/productLaunches';
import { startProductSandbox } from './__testUtils__/repositoryTemplates';

const accountId = '556677889900';
const workerArn = `arn:aws:iam::${accountId}:role/payments-worker`;
const domain = 'ledger.pay.example.com';

jest.setTimeout(60_000);

describe.each(['lattice-ecs-native-service', 'lattice-ecs-alb-service'])(
  '%s',
  product => {
    const isNative = product.includes('native');
    const launchRole = `lattice-portal-launch-${product.replace(
      'lattice-',
      '',
    )}`;
    let testSandbox: TestSandbox;
    let vpcId: string;

    beforeEach(async () => {
      testSandbox = await startProductSandbox(product);
      const { estate } = testSandbox.sandbox;
      vpcId = estate.vpcs.find(({ tags }) => tags.Name === 'payments')!.id;
    });

    afterEach(() => testSandbox.stop());

    function launch(parameters: Record<string, string> = {}) {
      const { estate } = testSandbox.sandbox;
      const own = (resource: { accountId: string }) =>
        resource.accountId === accountId;
      return launchProduct({
        testSandbox,
        accountId,
        product,
        name: 'ledger',
        parameters: {
          ServiceName: 'ledger',
          ServiceNetworkArn: estate.serviceNetworks.find(
            ({ name }) => name === 'company',
          )!.arn,
          AllowedCallers: workerArn,
          Owner: 'group:payments',
          VpcId: vpcId,
          SubnetIds: estate.subnets
            .filter(subnet => subnet.vpcId === vpcId)
            .map(({ id }) => id)
            .join(),
          LatticePrefixListId: estate.prefixLists.find(
            list => own(list) && list.name.endsWith('.vpc-lattice'),
          )!.id,
          CustomDomainName: domain,
          CertificateArn: estate.certificates.find(own)!.arn,
          HostedZoneId: estate.hostedZones.find(own)!.id,
          ...parameters,
        },
      });
    }

    function targets() {
      const { estate } = testSandbox.sandbox;
      const group = estate.targetGroups.find(({ name }) => name === 'ledger');
      return isNative
        ? group?.targets.map(({ status }) => status)
        : estate.loadBalancerTargetGroups
            .values()
            .flatMap(({ targets: list }) => list.map(({ state }) => state));
    }

    function remains() {
      const { estate } = testSandbox.sandbox;
      return [
        estate.ecsClusters,
        estate.ecsServices,
        estate.loadBalancers,
        estate.loadBalancerTargetGroups,
        estate.loadBalancerListeners,
        estate.services,
        estate.targetGroups,
        estate.securityGroups,
        estate.roles,
        estate.logGroups,
        estate.otherResources,
      ].map(({ size }) => size);
    }

    it('answers the first signed call from its healthy tasks, and goes without a trace', async () => {
      const { estate } = testSandbox.sandbox;
      const before = remains();
      const { outputs, ...launched } = await launch();
      expect(launched).toEqual({ status: 'SUCCEEDED', errors: [] });

      // The second task starts with the scaling, which nothing waits for.
      while (/initial/i.test(String(targets()))) {
        await new Promise(wake => setTimeout(wake, 10));
      }
      expect(targets()).toEqual(
        isNative ? ['HEALTHY', 'HEALTHY'] : ['healthy', 'healthy'],
      );
      expect(estate.ecsServices.values()).toMatchObject([
        { tasks: [{}, {}], rolloutState: 'COMPLETED' },
      ]);
      const call = (roleArn: string | undefined, path: string) =>
        callAs({ testSandbox, roleArn: roleArn!, vpcId, host: domain, path });
      const allowed = await call(workerArn, '/entries/7');
      expect(allowed.status).toBe(200);
      expect(JSON.parse(allowed.body)).toMatchObject({
        service: 'ledger',
        request: { method: 'GET', path: '/entries/7' },
        caller: {
          principal: expect.stringMatching(
            /^arn:aws:sts::556677889900:assumed-role\/payments-worker\//,
          ),
        },
      });
      const otherCaller = estate.roles.find(
        ({ name }) => name === 'orders',
      )!.arn;
      expect(await call(otherCaller, '/entries/7')).toMatchObject({
        status: 403,
      });
      expect(
        estate.hostedZones.find(({ name }) => name === 'pay.example.com.')
          ?.recordSets,
      ).toMatchObject([
        {
          Name: `${domain}.`,
          Type: 'CNAME',
          ResourceRecords: [{ Value: outputs.ServiceDomainName }],
        },
      ]);

      expect(
        await endProduct({ testSandbox, accountId, name: 'ledger' }),
      ).toEqual({ status: 'SUCCEEDED', errors: [] });
      expect(remains()).toEqual(before);
      expect(
        estate.hostedZones.values().flatMap(({ recordSets }) => recordSets),
      ).toEqual([]);
    });

    it('runs an echo in the place of an image', async () => {
      const { status, errors } = await launch({
        ImageUri: `${accountId}.dkr.ecr.us-east-1.amazonaws.com/ledger:1`,
      });
      expect({ status, errors }).toEqual({ status: 'SUCCEEDED', errors: [] });
      const answer = await callAs({
        testSandbox,
        roleArn: workerArn,
        vpcId,
        host: domain,
        path: '/entries/7',
      });
      expect(JSON.parse(answer.body)).toMatchObject({
        message: expect.stringMatching(/runs no images/),
        request: { method: 'GET', path: '/entries/7' },
        identity: expect.stringMatching(/^Principal=arn:aws:sts::/),
      });
    });

    it('says what the launch role lacks, and leaves nothing', async () => {
      const { estate } = testSandbox.sandbox;
      const arn = `arn:aws:iam::${accountId}:role/${launchRole}`;
      const launchPolicy: any = estate.roles.get(arn)!.inlinePolicies;
      const without = JSON.stringify(launchPolicy).replace(
        '"ecs:CreateService"',
        '"ecs:DescribeServices"',
      );
      estate.roles.update(arn, role => ({
        ...role,
        inlinePolicies: JSON.parse(without),
      }));
      const before = remains();
      const { status, errors } = await launch();
      expect(status).toBe('FAILED');
      expect(JSON.stringify(errors)).toMatch(
        /Tasks.*is not authorized to perform: ecs:CreateService on resource: arn:aws:ecs:us-east-1:556677889900:service\/SC-.* because no identity-based policy allows the ecs:CreateService action/,
      );
      await endProduct({ testSandbox, accountId, name: 'ledger' });
      expect(remains()).toEqual(before);
    });
  },
);
