import { Sha256 } from '@aws-crypto/sha256-js';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { SignatureV4 } from '@smithy/signature-v4';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestSandbox } from '../../testing/startTestSandbox';
import { describeClusters } from '../describeClusters';
import { writeRepository } from './writeRepository';

const COMMERCE = '223344556677';

/** A sandbox whose clusters get what is written into repositories. */
export async function startClusterTest() {
  const directory = mkdtempSync(join(tmpdir(), 'clusters-'));
  const repositories = join(directory, 'repositories');
  let data = join(directory, 'data');
  const start = () =>
    startTestSandbox({
      dataDirectory: data,
      repositoriesDirectory: repositories,
    });
  let running = await start();
  const config = () => running.clientConfig({ accountId: COMMERCE });

  const test = {
    repositories,
    get estate() {
      return running.sandbox.estate;
    },
    get sandbox() {
      return running.sandbox;
    },
    lattice: () => new VPCLatticeClient(config()),
    write: (files: Record<string, string>, name = 'stock') =>
      writeRepository({ directory: repositories, name, files }),
    makeLogGroup: () =>
      new CloudWatchLogsClient(config()).send(
        new CreateLogGroupCommand({
          logGroupName: '/aws/vendedlogs/lattice/service-stock',
        }),
      ),
    service: (name = 'stock') =>
      test.estate.services.find(service => service.name === name),
    /** Conditions of an object as `Type=Status Reason: message`. */
    conditions(kind: string, name: string, cluster = 'commerce'): string[] {
      return describeClusters(test.estate)
        .find(described => described.name === cluster)!
        .objects.filter(object => object.kind === kind && object.name === name)
        .flatMap(({ conditions }) => conditions)
        .map(
          ({ type, status, reason, message }) =>
            `${type}=${status} ${reason}: ${message}`,
        )
        .sort();
    },
    /** Waits until something holds. */
    async until<T>(
      find: () => T | Promise<T>,
      milliseconds = 15_000,
    ): Promise<NonNullable<T>> {
      const end = Date.now() + milliseconds;
      for (;;) {
        const found = await find();
        if (found) {
          return found;
        }
        if (Date.now() > end) {
          throw new Error(
            `Not in time: ${find}\n${JSON.stringify(
              describeClusters(test.estate),
              undefined,
              2,
            )}`,
          );
        }
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
    /** What signs as a role of the account of `edge`, and where it calls from. */
    asEdge: (role = 'public-proxy') => ({
      url: running.url,
      signer: running.clientConfig({
        accountId: '445566778899',
        roleArn: `arn:aws:iam::445566778899:role/${role}`,
      }),
      sourceVpcId: test.estate.vpcs.find(({ tags }) => tags.Name === 'edge')!
        .id,
    }),
    /** Access log records of the service, oldest first. */
    async records(): Promise<any[]> {
      const { events = [] } = await new CloudWatchLogsClient(config()).send(
        new FilterLogEventsCommand({
          logGroupName: '/aws/vendedlogs/lattice/service-stock',
        }),
      );
      return events.map(({ message }) => JSON.parse(message!));
    },
    /** Calls the service from the VPC of `edge`, signed as a role of that account. */
    async call(
      options: {
        role?: string;
        method?: string;
        path?: string;
        headers?: object;
        body?: Buffer;
      } = {},
    ) {
      const { path = '/items/1', method = 'GET', headers = {} } = options;
      const host = test.service()!.dnsEntry.domainName;
      const edge = test.asEdge(options.role);
      const signer = new SignatureV4({
        credentials: edge.signer.credentials,
        region: edge.signer.region,
        service: 'vpc-lattice-svcs',
        sha256: Sha256,
      });
      const signed: any = await signer.sign({
        protocol: 'https:',
        hostname: host,
        path,
        method,
        headers: {
          host,
          'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
          ...headers,
        },
      } as any);
      const { port } = new URL(edge.url);
      return new Promise<{
        status: number;
        body: any;
        contentType?: string;
        trailers?: object;
      }>((resolve, reject) => {
        request(
          {
            host: '127.0.0.1',
            port,
            method,
            path,
            headers: {
              ...signed.headers,
              'x-sandbox-source-vpc': edge.sourceVpcId,
            },
            agent: false,
          },
          async response => {
            const text = (await response.toArray()).join('');
            const isJson = text.startsWith('{');
            const body = isJson ? JSON.parse(text) : text;
            resolve({
              status: response.statusCode!,
              body,
              ...(response.headers['content-type'] && {
                contentType: response.headers['content-type'],
              }),
              ...(Object.keys(response.trailers).length > 0 && {
                trailers: response.trailers,
              }),
            });
          },
        )
          .on('error', reject)
          .end(options.body);
      });
    },
    /** Stops and starts again with what is on disk. */
    async restart() {
      await running.stop();
      running = await start();
    },
    /** Starts again with what a kill at this moment leaves on disk. */
    async kill() {
      const left = mkdtempSync(join(directory, 'data-'));
      cpSync(data, left, { recursive: true });
      await running.stop();
      data = left;
      running = await start();
    },
    async stop() {
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return test;
}

export type ClusterTest = Awaited<ReturnType<typeof startClusterTest>>;
