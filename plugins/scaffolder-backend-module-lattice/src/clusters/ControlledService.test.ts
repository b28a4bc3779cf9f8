import {
  CreateServiceCommand,
  DeleteServiceCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { startTestSandbox } from '@lattice-portal/sandbox';
import { controlledServices } from './ControlledService';

const accountId = '223344556677';

describe('controlledServices', () => {
  let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.stop());

  const clientOf = () =>
    new VPCLatticeClient(sandbox.clientConfig({ accountId }));
  const createService = async (name: string, tags: Record<string, string>) => {
    const { arn = '' } = await clientOf().send(
      new CreateServiceCommand({ name, tags }),
    );
    return arn;
  };
  const ofCluster = {
    'application-networking.k8s.aws/ManagedBy': `${accountId}/commerce/vpc-1`,
  };

  it('finds what a controller made, and nothing else', async () => {
    const arn = await createService('made', ofCluster);
    await createService('by-hand', {});
    const services = controlledServices({ client: clientOf(), accountId });
    await expect(services.find('made')).resolves.toMatchObject({
      arn,
      cluster: 'commerce',
    });
    await expect(services.find('by-hand')).resolves.toBeUndefined();
    await expect(services.find('nowhere')).resolves.toBeUndefined();
  });

  it('finds none that is removed while it looks', async () => {
    const arn = await createService('leaving', ofCluster);
    const client = clientOf();
    let removed = 0;
    client.middlewareStack.add(
      (next, { commandName }) =>
        async args => {
          if (commandName === 'ListTagsForResourceCommand') {
            await clientOf().send(
              new DeleteServiceCommand({ serviceIdentifier: arn }),
            );
            removed++;
          }
          return next(args);
        },
      { step: 'initialize' },
    );
    const services = controlledServices({ client, accountId });
    await expect(services.find('leaving')).resolves.toBeUndefined();
    expect(removed).toBe(1);
  });
});
