import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  accessKeyIdOf,
  SANDBOX_SECRET_ACCESS_KEY,
} from '../credentials/credentials';
import { Sandbox } from '../Sandbox';

/** Credentials in the form that AWS SDK clients take. @public */
export interface TestCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** Configuration of an AWS SDK client. @public */
export interface TestClientConfig {
  endpoint: string;
  region: string;
  credentials: () => Promise<TestCredentials>;
}

/** A sandbox for the time of a test. @public */
export interface TestSandbox {
  url: string;
  sandbox: Sandbox;
  /**
   * Configuration for a client of an account's root, or, with `roleArn`, of a role that this account
   * assumes.
   */
  clientConfig(options: {
    accountId: string;
    /** Default: us-east-1. */
    region?: string;
    roleArn?: string;
  }): TestClientConfig;
  /** Stops the sandbox and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a sandbox on a free port with a data directory of its own.
 *
 * @public
 */
export async function startTestSandbox(
  options: {
    /** Default: false. */
    traffic?: boolean;
    /** Default: the estate built in. */
    estateFile?: string;
    /** Kept after the stop, when given. Default: a temporary directory. */
    dataDirectory?: string;
    /** Git repositories to deliver to the clusters. Default: none. */
    repositoriesDirectory?: string;
    now?: () => number;
    /** Milliseconds CloudFormation takes for each resource. Default: 0. */
    resourceDelay?: () => number;
  } = {},
): Promise<TestSandbox> {
  const {
    traffic = false,
    dataDirectory,
    resourceDelay = () => 0,
    ...rest
  } = options;
  const directory =
    dataDirectory ?? (await mkdtemp(join(tmpdir(), 'lattice-sandbox-')));
  const sandbox = await Sandbox.start({
    ...rest,
    traffic,
    port: 0,
    resourceDelay,
    dataDirectory: directory,
    warn: message => process.stderr.write(`${message}\n`),
  });

  async function assumeRole(
    accountId: string,
    region: string,
    roleArn: string,
  ): Promise<TestCredentials> {
    const { Credentials } = await sandbox.call({
      service: 'sts',
      operation: 'AssumeRole',
      input: { RoleArn: roleArn, RoleSessionName: 'test' },
      caller: {
        accountId,
        region,
        principalArn: `arn:aws:iam::${accountId}:root`,
      },
    });
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
      expiration: Credentials.Expiration,
    };
  }

  return {
    url: sandbox.url,
    sandbox,
    clientConfig({ accountId, region = 'us-east-1', roleArn }) {
      return {
        endpoint: sandbox.url,
        region,
        credentials: async () =>
          roleArn
            ? assumeRole(accountId, region, roleArn)
            : {
                accessKeyId: accessKeyIdOf(accountId),
                secretAccessKey: SANDBOX_SECRET_ACCESS_KEY,
              },
      };
    },
    async stop() {
      await sandbox.stop();
      if (!dataDirectory) {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}
