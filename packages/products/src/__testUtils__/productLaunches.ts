import { request } from 'node:http';
import {
  DescribeRecordCommand,
  DescribeRecordCommandOutput,
  ListLaunchPathsCommand,
  ListProvisioningArtifactsCommand,
  ProvisionProductCommand,
  SearchProductsCommand,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import { signCall, type TestSandbox } from '@lattice-portal/sandbox';

/** Launches a product in an account and waits for its end, whatever that is. */
export async function launchProduct(options: {
  testSandbox: TestSandbox;
  accountId: string;
  product: string;
  name: string;
  parameters: Record<string, string>;
}) {
  const { testSandbox, accountId, product, name, parameters } = options;
  const catalog = new ServiceCatalogClient(
    testSandbox.clientConfig({ accountId }),
  );
  const { ProductViewSummaries } = await catalog.send(
    new SearchProductsCommand({}),
  );
  const ProductId = ProductViewSummaries!.find(({ Name }) => Name === product)!
    .ProductId!;
  const { ProvisioningArtifactDetails } = await catalog.send(
    new ListProvisioningArtifactsCommand({ ProductId }),
  );
  const { LaunchPathSummaries } = await catalog.send(
    new ListLaunchPathsCommand({ ProductId }),
  );
  const { RecordDetail } = await catalog.send(
    new ProvisionProductCommand({
      ProductId,
      ProvisioningArtifactId: ProvisioningArtifactDetails!.at(-1)!.Id!,
      PathId: LaunchPathSummaries![0].Id!,
      ProvisionedProductName: name,
      ProvisionToken: `token-${name}`,
      ProvisioningParameters: Object.entries(parameters).map(
        ([Key, Value]) => ({ Key, Value }),
      ),
    }),
  );
  const record = await finishedRecord(catalog, RecordDetail?.RecordId);
  return {
    status: record.RecordDetail?.Status,
    errors: record.RecordDetail?.RecordErrors?.map(error => error.Description),
    outputs: Object.fromEntries(
      (record.RecordOutputs ?? []).map(output => [
        output.OutputKey,
        output.OutputValue ?? '',
      ]),
    ) as Record<string, string>,
  };
}

/** Ends a launched product and waits for it. */
export async function endProduct(options: {
  testSandbox: TestSandbox;
  accountId: string;
  name: string;
}) {
  const { testSandbox, accountId, name } = options;
  const catalog = new ServiceCatalogClient(
    testSandbox.clientConfig({ accountId }),
  );
  const { RecordDetail } = await catalog.send(
    new TerminateProvisionedProductCommand({
      ProvisionedProductName: name,
      TerminateToken: `end-${name}`,
    }),
  );
  const record = await finishedRecord(catalog, RecordDetail?.RecordId);
  return {
    status: record.RecordDetail?.Status,
    errors: record.RecordDetail?.RecordErrors?.map(error => error.Description),
  };
}

/** A record of Service Catalog once it has come to its end, whatever that is. */
export async function finishedRecord(
  catalog: ServiceCatalogClient,
  id: string | undefined,
): Promise<DescribeRecordCommandOutput> {
  for (;;) {
    const record = await catalog.send(new DescribeRecordCommand({ Id: id }));
    if (/SUCCEEDED|FAILED/.test(record.RecordDetail!.Status!)) {
      return record;
    }
    await new Promise(wake => setTimeout(wake, 10));
  }
}

/** Calls a service from a VPC, signed as a role of an account. */
export async function callAs(options: {
  testSandbox: TestSandbox;
  roleArn: string;
  vpcId: string;
  host: string;
  path: string;
}): Promise<{ status: number; body: string }> {
  const { testSandbox, roleArn, vpcId, host, path } = options;
  const headers = await signCall({
    signer: testSandbox.clientConfig({
      accountId: roleArn.split(':')[4],
      roleArn,
    }),
    host,
    path,
    method: 'GET',
  });
  return new Promise((fulfil, reject) => {
    request(`${testSandbox.url}${path}`, {
      headers: { ...headers, 'x-sandbox-source-vpc': vpcId },
    })
      .on('error', reject)
      .on('response', async response => {
        const body = (await response.toArray()).join('');
        fulfil({ status: response.statusCode!, body });
      })
      .end();
  });
}
