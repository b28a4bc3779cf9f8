import { ConfigReader } from '@backstage/config';
import { accessKeyIdOf, startTestSandbox } from '@lattice-portal/sandbox';
import { DefaultAwsAccess } from '../aws/DefaultAwsAccess';
import { readLatticeConfig } from '../config/readLatticeConfig';

export const accounts = {
  shared: '001122334455',
  commerce: '223344556677',
  edge: '445566778899',
  payments: '556677889900',
  analytics: '667788990011',
  legacy: '778899001122',
};
export const region = 'us-east-1';

/**
 * An AWS estate for the time of a test file, and the portal's access to it: everything as configured in
 * earnest, over the wire.
 */
export async function startEstate(options: {
  traffic?: boolean;
  accountIds?: string[];
}) {
  const { traffic, accountIds = Object.values(accounts) } = options;
  const sandbox = await startTestSandbox({ traffic });
  const endpoint = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = sandbox.url;
  const rootConfig = new ConfigReader({
    aws: {
      mainAccount: {
        accountId: accounts.shared,
        accessKeyId: accessKeyIdOf(accounts.shared),
        secretAccessKey: 'sandbox',
      },
    },
    lattice: {
      regions: [region],
      accounts: accountIds.map(accountId => ({ accountId })),
      roles: { writer: 'lattice-portal-writer' },
    },
  });
  const config = readLatticeConfig(rootConfig);
  return {
    sandbox,
    rootConfig,
    config,
    aws: DefaultAwsAccess.create({ rootConfig, config }),
    async stop() {
      process.env.AWS_ENDPOINT_URL = endpoint;
      if (endpoint === undefined) {
        delete process.env.AWS_ENDPOINT_URL;
      }
      await sandbox.stop();
    },
  };
}
