import {
  DescribeProductCommand,
  ListLaunchPathsCommand,
  ListProvisioningArtifactsCommand,
  SearchProductsCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { TestSandbox, startTestSandbox } from '@lattice-portal/sandbox';
import { readRepositoryTemplates } from '../__testUtils__/repositoryTemplates';
import { Product } from '../descriptor/Product';
import { PublishSettings } from '../settings/PublishSettings';
import { publishProducts } from './publishProducts';

const owner = '001122334455';
const member = '667788990011';
const provisioner = `arn:aws:iam::${member}:role/lattice-portal-provisioner`;

const template = (comment: string) => `
Resources:
  Group: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /test } }
# ${comment}
`;

function product(change: Partial<Product> = {}): Product {
  return {
    name: 'test-logs',
    description: 'A log group',
    version: '1.0.0',
    portfolio: 'applications',
    templateBody: template('first'),
    templateFile: 'templates/logs/product/template.yaml',
    launchRole: {
      name: 'launch-test-logs',
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'logs:CreateLogGroup', Resource: '*' },
        ],
      }),
    },
    ...change,
  };
}

describe('publishing products', () => {
  let testSandbox: TestSandbox;
  let settings: PublishSettings;

  beforeEach(async () => {
    testSandbox = await startTestSandbox();
    ({ settings } = await readRepositoryTemplates());
  });

  afterEach(() => testSandbox.stop());

  const publish = (change?: Partial<Product>, more: object = {}) =>
    publishProducts({
      aws: testSandbox.clientConfig({ accountId: owner }),
      products: [product(change)],
      settings,
      ...more,
    });

  function clientOf(accountId: string, roleArn?: string) {
    return new ServiceCatalogClient(
      testSandbox.clientConfig({ accountId, roleArn }),
    );
  }

  /** What the portal's role of another account sees: the versions a new service can have. */
  async function offered(): Promise<(string | undefined)[]> {
    // The portal's roles are assumed by the portal's account.
    const catalog = new ServiceCatalogClient(
      testSandbox.clientConfig({ accountId: owner, roleArn: provisioner }),
    );
    const { ProductViewSummaries: [found] = [] } = await catalog.send(
      new SearchProductsCommand({ Filters: { FullTextSearch: ['test-logs'] } }),
    );
    if (!found) {
      return [];
    }
    const { ProvisioningArtifacts = [] } = await catalog.send(
      new DescribeProductCommand({ Id: found.ProductId }),
    );
    return ProvisioningArtifacts.filter(
      ({ Guidance }) => Guidance === 'DEFAULT',
    ).map(({ Name }) => Name);
  }

  it('offers a product to the portal in every account, with everything it needs', async () => {
    const changes = await publish();
    expect(changes.slice(-9)).toEqual([
      'create portfolio Lattice applications',
      'create TagOption managed-by=lattice-portal',
      'put TagOption managed-by=lattice-portal on portfolio Lattice applications',
      'create product test-logs 1.0.0',
      'put test-logs in Lattice applications',
      'launch test-logs as launch-test-logs',
      'let arn:aws:iam:::role/lattice-portal-provisioner use Lattice applications',
      'let Service Catalog share through AWS Organizations',
      'share Lattice applications with the organization o-lattice01',
    ]);
    expect(await offered()).toEqual(['1.0.0']);
    const { estate } = testSandbox.sandbox;
    expect(
      estate.roles.filter(({ name }) => name === 'launch-test-logs'),
    ).toHaveLength(estate.accounts.size);
    // Nobody else of the account.
    const other = clientOf(member, `arn:aws:iam::${member}:role/batch-export`);
    estate.roles.update(`arn:aws:iam::${member}:role/batch-export`, role => ({
      ...role,
      inlinePolicies: {
        all: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
        },
      },
    }));
    expect(await other.send(new SearchProductsCommand({}))).toMatchObject({
      ProductViewSummaries: [],
    });
    const id = await productId();
    await expect(
      other.send(new ListLaunchPathsCommand({ ProductId: id })),
    ).rejects.toThrow(`No launch paths found for resource: ${id}`);
  });

  async function productId(): Promise<string> {
    const { ProductViewSummaries } = await clientOf(owner).send(
      new SearchProductsCommand({ Filters: { FullTextSearch: ['test-logs'] } }),
    );
    return ProductViewSummaries![0].ProductId!;
  }

  it('changes nothing the second time', async () => {
    await publish();
    expect(await publish()).toEqual([]);
  });

  it('tells everything in a dry run, and changes nothing', async () => {
    const told = await publish({}, { dryRun: true });
    expect(await offered()).toEqual([]);
    expect(testSandbox.sandbox.estate.buckets.values()).not.toContainEqual(
      expect.objectContaining({
        name: expect.stringContaining('lattice-portal-products'),
      }),
    );
    // Accounts are worked on side by side.
    expect([...(await publish())].sort()).toEqual([...told].sort());
    expect(await publish({}, { dryRun: true })).toEqual([]);
  });

  it('offers a new version instead of the old one, and goes back', async () => {
    await publish();
    const second = { version: '1.1.0', templateBody: template('second') };
    expect(await publish(second)).toEqual([
      'publish version 1.1.0 of test-logs',
      'deprecate version 1.0.0 of test-logs',
    ]);
    expect(await offered()).toEqual(['1.1.0']);
    expect(await publish(second)).toEqual([]);
    expect(await publish()).toEqual([
      'offer version 1.0.0 of test-logs',
      'deprecate version 1.1.0 of test-logs',
    ]);
    expect(await offered()).toEqual(['1.0.0']);
    const { ProvisioningArtifactDetails } = await clientOf(owner).send(
      new ListProvisioningArtifactsCommand({ ProductId: await productId() }),
    );
    expect(ProvisioningArtifactDetails).toHaveLength(2);
  });

  it('refuses a changed template of the same version, unless it is a snapshot', async () => {
    await publish();
    const changed = { templateBody: template('changed') };
    await expect(publish(changed)).rejects.toThrow(
      'templates/logs/product/template.yaml is not what was published as version 1.0.0 of test-logs: raise the version',
    );
    expect(await offered()).toEqual(['1.0.0']);
    await publish(changed, { snapshot: true });
    const [name] = await offered();
    expect(name).toMatch(/^1\.0\.0-[0-9a-f]{8}$/);
    expect(await publish(changed, { snapshot: true })).toEqual([]);
  });

  it('brings roles, texts and the launch role up to date', async () => {
    await publish();
    const { policy } = product().launchRole;
    const changed = {
      description: 'A better log group',
      launchRole: { name: 'launch-other', policy },
    };
    const changes = await publish(changed);
    expect(changes).toEqual(
      expect.arrayContaining([
        `create launch role launch-other in account ${member}`,
        'update the description of product test-logs',
        'launch test-logs as launch-other',
      ]),
    );
    const widened = JSON.stringify({
      ...JSON.parse(policy),
      Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }],
    });
    const again = await publish({
      ...changed,
      launchRole: { name: 'launch-other', policy: widened },
    });
    expect([
      ...new Set(again.map(text => text.replace(/\d{12}/, 'N'))),
    ]).toEqual(['set the policy of launch role launch-other in account N']);
  });

  it('leaves what it does not know, and says so', async () => {
    const lines: string[] = [];
    await publish();
    const [portfolio] = [settings.portfolios.applications];
    await publish(
      {},
      {
        settings: {
          ...settings,
          portfolios: {
            applications: { ...portfolio, principals: [], tagOptions: {} },
          },
        },
        log: (line: string) => lines.push(line),
      },
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^note: arn:aws:iam:::role\/lattice-portal-provisioner may use/,
        ),
        expect.stringMatching(/^note: portfolio .* has the TagOption/),
      ]),
    );
    expect(await offered()).toEqual(['1.0.0']);
  });

  it('keeps launch roles of products that are not shared to the own account', async () => {
    const changes = await publish({ portfolio: 'platform' });
    expect(
      changes.filter(change => change.startsWith('create launch role')),
    ).toEqual([`create launch role launch-test-logs in account ${owner}`]);
    expect(await offered()).toEqual([]);
  });

  it('refuses a product without portfolio before anything is made', async () => {
    await expect(publish({ portfolio: 'nowhere' })).rejects.toThrow(
      'Product test-logs is for the portfolio nowhere; the settings have applications, platform',
    );
  });
});
