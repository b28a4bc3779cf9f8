import type { AccessLogObjectEnd } from '../scan/readAccessLogObject';
import type { FromThread, ToThread } from './columnsThread';
import type { TextsToKeep } from './RecordColumns';
import type { AccessLogObjectIdentity, ColumnsPart } from './readColumns';

/** Bytes on their way to a thread; more are not fetched yet. */
const MAX_BYTES_SENT = 4 * 1024 * 1024;

/**
 * An object that access logs were delivered in.
 *
 * @public
 */
export interface AccessLogObjectToRead {
  object: AccessLogObjectIdentity;
  /** Its bytes from their start; called again where gzip data has a fault. */
  open: () => AsyncIterable<Uint8Array>;
  /** Of the object in bytes. */
  size?: number;
  /** `end` of the last part that was dealt with. */
  from?: number;
  /** Default: all. */
  texts?: TextsToKeep;
}

type WithoutReading<T> = T extends unknown ? Omit<T, 'reading'> : never;

/** An object that a thread reads. */
export class RemoteReading {
  readonly #parts: ColumnsPart[] = [];
  #end?: AccessLogObjectEnd;
  #failure?: { error: unknown };
  #isStopped = false;
  #pass = -1;
  #sent = 0;
  #wake = () => {};
  #wakeSender = () => {};

  constructor(
    private readonly options: AccessLogObjectToRead,
    private readonly send: (message: WithoutReading<ToThread>) => void,
  ) {}

  async *parts(): AsyncGenerator<ColumnsPart, AccessLogObjectEnd> {
    const { object, size, from, texts } = this.options;
    this.send({ kind: 'read', object, size, from, texts });
    for (;;) {
      const part = this.#parts.shift();
      if (part) {
        yield part;
        this.send({ kind: 'taken' });
      } else if (this.#failure) {
        throw this.#failure.error;
      } else if (this.#end) {
        return this.#end;
      } else {
        await new Promise<void>(resolve => {
          this.#wake = resolve;
        });
      }
    }
  }

  tell(message: FromThread): void {
    switch (message.kind) {
      case 'open':
        this.#pass = message.pass;
        this.#sent = 0;
        this.#sendBytes(message.pass).catch(error => this.fail(error));
        break;
      case 'used':
        if (message.pass === this.#pass) {
          this.#sent -= message.bytes;
        }
        break;
      case 'part':
        this.#parts.push(message.part);
        break;
      case 'end':
        this.#end = message.end;
        break;
      default:
        this.#failure ??= { error: message.error };
    }
    this.#wake();
    this.#wakeSender();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
    this.#wakeSender();
  }

  stop(): void {
    this.#isStopped = true;
    if (!this.#end) {
      this.send({ kind: 'stop' });
    }
    this.#wakeSender();
  }

  async #sendBytes(pass: number): Promise<void> {
    for await (const bytes of this.options.open()) {
      while (this.#isWanted(pass) && this.#sent >= MAX_BYTES_SENT) {
        await new Promise<void>(resolve => {
          this.#wakeSender = resolve;
        });
      }
      if (!this.#isWanted(pass)) {
        return;
      }
      this.#sent += bytes.length;
      // A copy: what the bytes are a part of may be large, and is not this one's to give away.
      this.send({ kind: 'bytes', pass, bytes: new Uint8Array(bytes) });
    }
    this.send({ kind: 'bytes', pass });
  }

  #isWanted(pass: number): boolean {
    return (
      !this.#isStopped && !this.#end && !this.#failure && pass === this.#pass
    );
  }
}
