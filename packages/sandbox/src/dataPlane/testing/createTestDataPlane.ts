import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type EstateFile,
  loadEstate,
  readEstateFile,
} from '../../defaultEstate';
import { Estate } from '../../estate/Estate';
import { FunctionRunner } from '../../lambda';
import { LogStore } from '../../logs/LogStore';
import { ObjectStore } from '../../objects/ObjectStore';
import { ContainerRunner } from '../../containers';
import { DataPlane } from '../DataPlane';

/** A data plane over the default estate, with stores in memory. */
export async function createTestDataPlane(options: { now: () => number }) {
  const { now } = options;
  const estate = new Estate();
  const file: EstateFile = await readEstateFile();
  loadEstate({ file, estate, now: now() });
  const logs = await LogStore.open({});
  const objects = await ObjectStore.open({});
  const functions = FunctionRunner.create();
  const warnings: string[] = [];
  const containers = ContainerRunner.create({ estate });
  const dataPlane = DataPlane.create({
    containers,
    estate,
    logs,
    objects,
    functions,
    behaviours: file.behaviours,
    now,
    warn: message => warnings.push(message),
  });
  const server = createServer((req, res) => {
    dataPlane.handleHttp(req, res).catch(error => res.destroy(error));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    estate,
    file,
    logs,
    objects,
    dataPlane,
    warnings,
    service: (name: string) =>
      estate.services.find(service => service.name === name)!,
    vpc: (name: string) => estate.vpcs.find(vpc => vpc.tags.Name === name)!.id,
    /** Records of a log group, oldest first. */
    records(logGroup: string): any[] {
      const { arn } = estate.logGroups.find(({ name }) => name === logGroup)!;
      const { events } = logs.filter({ logGroupArn: arn, limit: 100_000 });
      return events.map(({ message }) => JSON.parse(message));
    },
    /** Sends a request over HTTP. */
    send(call: {
      method?: string;
      path: string;
      headers: Record<string, string>;
      body?: string;
    }) {
      return new Promise<{
        status: number;
        headers: Record<string, unknown>;
        body: string;
      }>((resolve, reject) => {
        const { method = 'GET', path, headers, body } = call;
        const sent = request(
          { host: '127.0.0.1', port, method, path, headers, agent: false },
          response => {
            const chunks: Buffer[] = [];
            response.on('data', chunk => chunks.push(chunk));
            response.on('end', () =>
              resolve({
                status: response.statusCode!,
                headers: response.headers,
                body: Buffer.concat(chunks).toString(),
              }),
            );
          },
        );
        sent.on('error', reject);
        sent.end(body);
      });
    },
    async close() {
      await new Promise(resolve => server.close(resolve));
      await dataPlane.close();
      await functions.close();
      await logs.close();
    },
  };
}

/** What {@link createTestDataPlane} makes. */
export type TestDataPlane = Awaited<ReturnType<typeof createTestDataPlane>>;
