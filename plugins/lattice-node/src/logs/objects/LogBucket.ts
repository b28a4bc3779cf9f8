import {
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ListedObject, Listing } from './ObjectLayout';

/** A bucket that access logs are in. */
export class LogBucket {
  readonly name: string;
  readonly #client: S3Client;

  constructor(options: { name: string; client: S3Client }) {
    this.name = options.name;
    this.#client = options.client;
  }

  /** Pages of at most 1,000 objects, in the order of their keys. */
  async *list(
    listing: Listing,
    options: { signal?: AbortSignal },
  ): AsyncGenerator<ListedObject[]> {
    const pages = paginateListObjectsV2(
      { client: this.#client },
      {
        Bucket: this.name,
        Prefix: listing.prefix,
        StartAfter: listing.startAfter,
      },
      { abortSignal: options.signal },
    );
    for await (const { Contents = [] } of pages) {
      yield Contents.map(({ Key, ETag, Size, LastModified }) => ({
        key: Key ?? '',
        etag: ETag ?? '',
        size: Size ?? 0,
        lastModified: LastModified?.getTime() ?? 0,
      }));
    }
  }

  /**
   * The bytes of an object.
   *
   * @throws the errors of the AWS SDK: `NoSuchKey`, `PreconditionFailed` if it is another by now;
   * ServiceUnavailableError if the connection broke off
   */
  async *bytes(
    object: ListedObject,
    options: { signal?: AbortSignal },
  ): AsyncGenerator<Uint8Array> {
    const { key, etag } = object;
    const answer = await this.#client.send(
      new GetObjectCommand({ Bucket: this.name, Key: key, IfMatch: etag }),
      { abortSignal: options.signal },
    );
    const { ContentLength: length } = answer;
    let bytes = 0;
    // In Node.js the body is a stream.
    for await (const chunk of answer.Body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      yield chunk;
    }
    if (length !== undefined && bytes < length) {
      throw new ServiceUnavailableError(
        `s3://${this.name}/${key} broke off after ${bytes} of ${length} bytes`,
      );
    }
  }
}
