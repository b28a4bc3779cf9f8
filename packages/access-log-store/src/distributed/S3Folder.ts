import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectFolder } from '../files/ObjectFolder';
import { toStoreError } from './toStoreError';

/** Objects of a bucket whose keys begin with a prefix. */
export class S3Folder implements ObjectFolder {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  /** @param options - `prefix`: empty, or with a slash at its end */
  constructor(options: { client: S3Client; bucket: string; prefix: string }) {
    this.#client = options.client;
    this.#bucket = options.bucket;
    this.#prefix = options.prefix;
  }

  /** Where an object is, as Athena says it. */
  locationOf(key: string): string {
    return `s3://${this.#bucket}/${this.#prefix}${key}`;
  }

  async list(prefix: string): Promise<string[]> {
    return this.#send('ListBucket', async () => {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client: this.#client },
        { Bucket: this.#bucket, Prefix: this.#prefix + prefix },
      )) {
        keys.push(
          ...Contents.map(({ Key }) => Key!.slice(this.#prefix.length)),
        );
      }
      return keys;
    });
  }

  async take(options: { key: string; file: string }): Promise<void> {
    const { key, file } = options;
    await this.#put(key, await fs.readFile(file));
    await fs.rm(file, { force: true });
  }

  async writeText(key: string, text: string): Promise<void> {
    await this.#put(key, Buffer.from(text));
  }

  async readText(key: string): Promise<string | undefined> {
    try {
      return (await this.#get(key)).toString();
    } catch (error) {
      const { cause } = error as { cause?: { name?: string } };
      if (cause?.name === 'NoSuchKey') {
        return undefined;
      }
      throw error;
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#send('DeleteObject', () =>
        this.#client.send(
          new DeleteObjectCommand({
            Bucket: this.#bucket,
            Key: this.#prefix + key,
          }),
        ),
      );
    }
  }

  async withLocalFiles<T>(
    options: { keys: readonly string[]; scratch: string },
    use: (paths: string[]) => Promise<T>,
  ): Promise<T> {
    const { keys, scratch } = options;
    const folder = join(scratch, randomUUID());
    await fs.mkdir(folder, { recursive: true });
    try {
      const paths: string[] = [];
      for (const [index, key] of keys.entries()) {
        const path = join(folder, `${index}.parquet`);
        await fs.writeFile(path, await this.#get(key));
        paths.push(path);
      }
      return await use(paths);
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }

  async #get(key: string): Promise<Buffer> {
    return this.#send('GetObject', async () => {
      const { Body } = await this.#client.send(
        new GetObjectCommand({ Bucket: this.#bucket, Key: this.#prefix + key }),
      );
      return Buffer.from(await Body!.transformToByteArray());
    });
  }

  async #put(key: string, body: Buffer): Promise<void> {
    await this.#send('PutObject', () =>
      this.#client.send(
        new PutObjectCommand({
          Bucket: this.#bucket,
          Key: this.#prefix + key,
          Body: body,
        }),
      ),
    );
  }

  async #send<T>(operation: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw toStoreError(error, {
        what: `s3:${operation} on the bucket ${this.#bucket}`,
      });
    }
  }
}
