import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeAccessLogStore } from '../__testUtils__/describeAccessLogStore';
import { createEmbeddedStore } from './createEmbeddedStore';
import { LocalFolder } from './LocalFolder';

const closers: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closers) {
    await close();
  }
});

const limits = {
  memoryLimit: 512,
  threads: 2,
  processes: 2,
  timeoutSeconds: 60,
};

jest.setTimeout(60_000);

describe('createEmbeddedStore', () => {
  describeAccessLogStore({
    lines: 10_000,
    runs: 60,
    create: async given => {
      const directory = await fs.mkdtemp(join(tmpdir(), 'store-'));
      const { store } = createEmbeddedStore({ ...limits, directory, ...given });
      closers.push(async () => {
        await store.close();
        await fs.rm(directory, { recursive: true });
      });
      return {
        store,
        keys: () => new LocalFolder(directory).list('calls/'),
        putStranger: async key => {
          await fs.mkdir(dirname(join(directory, key)), { recursive: true });
          await fs.writeFile(join(directory, key), 'not Parquet');
        },
      };
    },
  });
});
