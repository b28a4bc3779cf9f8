import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import {
  startTestSandbox,
  type TestClientConfig,
  type TestSandbox,
} from '@lattice-portal/sandbox';

/** The CloudFormation template of the store. */
export const storeTemplate = join(
  __dirname,
  '../../../../templates/service-network/accounts/access-log-store.yaml',
);

/** An account with the stack of the store. */
export interface StoreAccount {
  sandbox: TestSandbox;
  accountId: string;
  outputs: Record<string, string>;
  /** Configuration of clients of the store's role, which the portal's assumes. */
  config: TestClientConfig;
}

/** Starts a sandbox and creates the store's stack in it. */
export async function startStoreAccount(
  parameters: Record<string, string> = {},
): Promise<StoreAccount> {
  const sandbox = await startTestSandbox();
  const accountId = '001122334455';
  const root = sandbox.clientConfig({ accountId });
  const portalRoleArn = await createPortalRole(root, accountId);
  const client = new CloudFormationClient(root);
  const StackName = 'lattice-portal-log-store';
  await client.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: await fs.readFile(storeTemplate, 'utf8'),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: Object.entries({
        PortalRoleArn: portalRoleArn,
        ...parameters,
      }).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    }),
  );
  await waitUntilStackCreateComplete(
    { client, maxWaitTime: 60, minDelay: 0.1, maxDelay: 0.5 },
    { StackName },
  );
  const { Stacks } = await client.send(
    new DescribeStacksCommand({ StackName }),
  );
  const outputs = Object.fromEntries(
    Stacks![0].Outputs!.map(({ OutputKey, OutputValue }) => [
      OutputKey!,
      OutputValue!,
    ]),
  );
  const portal = new STSClient(
    sandbox.clientConfig({ accountId, roleArn: portalRoleArn }),
  );
  const config: TestClientConfig = {
    ...root,
    credentials: async () => {
      const { Credentials } = await portal.send(
        new AssumeRoleCommand({
          RoleArn: outputs.RoleArn,
          RoleSessionName: 'store',
        }),
      );
      return {
        accessKeyId: Credentials!.AccessKeyId!,
        secretAccessKey: Credentials!.SecretAccessKey!,
        sessionToken: Credentials!.SessionToken!,
        expiration: Credentials!.Expiration!,
      };
    },
  };
  return { sandbox, accountId, outputs, config };
}

async function createPortalRole(
  root: TestClientConfig,
  accountId: string,
): Promise<string> {
  const iam = new IAMClient(root);
  const RoleName = 'portal';
  const statement = (fields: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...fields }],
    });
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: statement({
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'assume',
      PolicyDocument: statement({ Resource: '*' }),
    }),
  );
  return Role!.Arn!;
}
