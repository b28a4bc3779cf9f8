import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { mockServices } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  DefaultAwsAccess,
  readLatticeConfig,
} from '@lattice-portal/plugin-lattice-node';
import {
  publishProducts,
  readProducts,
  readSettings,
} from '@lattice-portal/products';
import {
  accessKeyIdOf,
  SANDBOX_SECRET_ACCESS_KEY,
  startTestSandbox,
} from '@lattice-portal/sandbox';
import { join } from 'node:path';

const templates = join(
  resolvePackagePath(
    '@lattice-portal/plugin-scaffolder-backend-module-lattice',
  ),
  '../../templates',
);

/** Configuration of a portal whose AWS is the sandbox. */
export const portalConfig = {
  aws: {
    mainAccount: {
      accessKeyId: accessKeyIdOf('001122334455'),
      secretAccessKey: SANDBOX_SECRET_ACCESS_KEY,
      region: 'us-east-1',
    },
  },
  lattice: {
    regions: ['us-east-1'],
    roles: {
      reader: 'lattice-portal-reader',
      provisioner: 'lattice-portal-provisioner',
    },
    accounts: [
      { accountId: '001122334455', owner: 'group:platform' },
      { accountId: '223344556677', name: 'commerce', owner: 'group:commerce' },
      { accountId: '778899001122', name: 'legacy', owner: 'group:legacy' },
    ],
  },
};

/** A sandbox that offers the products of the templates, and the portal's own way into it. */
export async function startProvisioningSandbox(
  options: {
    /** Git repositories to deliver to its clusters. Default: none. */
    repositoriesDirectory?: string;
  } = {},
) {
  let resourceDelay = 0;
  const started = await startTestSandbox({
    ...options,
    resourceDelay: () => resourceDelay,
  });
  await publishProducts({
    aws: started.clientConfig({ accountId: '001122334455' }),
    products: await readProducts(templates),
    settings: await readSettings(join(templates, 'portfolios.yaml')),
  });
  process.env.AWS_ENDPOINT_URL = started.url;
  const rootConfig = mockServices.rootConfig({ data: portalConfig });
  const config = readLatticeConfig(rootConfig);
  const aws = DefaultAwsAccess.create({ rootConfig, config });
  const { estate } = started.sandbox;
  const network = estate.serviceNetworks.find(({ name }) => name === 'company');
  return {
    aws,
    config,
    estate,
    sandbox: started,
    networkArn: network?.arn ?? '',
    /** Logs of the account the products go to, with its administrator's rights. */
    logs: new CloudWatchLogsClient({
      region: 'us-east-1',
      credentials: {
        accessKeyId: accessKeyIdOf('223344556677'),
        secretAccessKey: SANDBOX_SECRET_ACCESS_KEY,
      },
    }),
    /** Makes CloudFormation wait at each resource. */
    setResourceDelay: (milliseconds: number) => {
      resourceDelay = milliseconds;
    },
    serviceNames: () =>
      [...estate.services.values()].map(({ name }) => name).sort(),
    stop: async () => {
      delete process.env.AWS_ENDPOINT_URL;
      await started.stop();
    },
  };
}
