import { promisify } from 'node:util';
import { createHash } from 'node:crypto';
import { gzip } from 'node:zlib';
import type { Estate } from '../../estate/Estate';
import type { AccessLogSubscription } from '../../estate/resources';
import type { LogStore } from '../../logs/LogStore';
import type { ObjectStore } from '../../objects/ObjectStore';
import type { AccessLogLine } from '../DataPlaneCall';
import {
  findDeliveryStream,
  streamDestination,
} from '../../operations/firehose/deliveryStreams';
import { objectKey } from './objectKey';
import { streamObjectKey } from './streamObjectKey';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Events of one log stream that go to the store together at most. */
const BATCH = 500;

interface PendingEvents {
  logGroupArn: string;
  logStreamName: string;
  events: { timestamp: number; message: string }[];
}

interface PendingObject {
  /** Absent: of a delivery stream. */
  subscription?: AccessLogSubscription;
  /** ARN of the delivery stream. */
  streamArn?: string;
  /** Milliseconds since the epoch, a whole minute. */
  minute: number;
  lines: string[];
}

/**
 * Writes access log records to the destinations of the subscriptions on a call's service and service
 * network: CloudWatch log groups at once, S3 buckets one object a minute, also by way of Firehose streams.
 */
export class AccessLogDelivery {
  readonly #pendingEvents = new Map<string, PendingEvents>();
  readonly #pendingObjects = new Map<string, PendingObject>();
  #scheduled: NodeJS.Immediate | undefined;

  private constructor(
    private readonly estate: Estate,
    private readonly logs: LogStore,
    private readonly objects: ObjectStore,
    private readonly now: () => number,
  ) {}

  static create(options: {
    estate: Estate;
    logs: LogStore;
    objects: ObjectStore;
    now: () => number;
  }): AccessLogDelivery {
    const { estate, logs, objects, now } = options;
    return new AccessLogDelivery(estate, logs, objects, now);
  }

  /** Takes one record, for what it says of its service and its service network. */
  deliver(options: {
    record: AccessLogLine;
    /** Milliseconds since the epoch. */
    time: number;
  }): void {
    const { record, time } = options;
    const message = JSON.stringify(record);
    for (const subscription of this.estate.accessLogSubscriptions.values()) {
      const { resourceArn, serviceNetworkLogType } = subscription;
      if (
        serviceNetworkLogType !== 'RESOURCE' &&
        (resourceArn === record.serviceArn ||
          resourceArn === record.serviceNetworkArn)
      ) {
        this.#add(subscription, time, message);
      }
    }
  }

  /** Hands all waiting log events to the log store. */
  flushEvents(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    for (const pending of this.#pendingEvents.values()) {
      this.#put(pending);
    }
    this.#pendingEvents.clear();
  }

  /**
   * Writes the objects of all minutes that are over.
   *
   * @param options - `all`: of the minute that is still running too.
   */
  async flushObjects(options: { all?: boolean } = {}): Promise<void> {
    const { all = false } = options;
    const running = Math.floor(this.now() / MINUTE) * MINUTE;
    for (const [key, pending] of this.#pendingObjects) {
      if (!all && pending.minute >= running) {
        continue;
      }
      this.#pendingObjects.delete(key);
      await (pending.subscription
        ? this.#putObject({ ...pending, subscription: pending.subscription })
        : this.#putStreamObject(pending));
    }
  }

  async #putObject(
    options: PendingObject & { subscription: AccessLogSubscription },
  ): Promise<void> {
    const { subscription, minute, lines } = options;
    const text = `${lines.join('\n')}\n`;
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
    const location = objectKey({ subscription, minute, hash });
    if (this.estate.buckets.has(location.bucket)) {
      const body = await promisify(gzip)(text);
      await this.objects.put({ ...location, body });
    }
  }

  async #putStreamObject(options: PendingObject): Promise<void> {
    const { streamArn = '', minute, lines } = options;
    const stream = findDeliveryStream(this.estate, streamArn);
    const destination = stream && streamDestination(stream);
    if (!destination || !this.estate.buckets.has(destination.bucket)) {
      return; // Deleted or changed since: the delivery fails, as in AWS.
    }
    // Firehose puts nothing between records.
    const text = Buffer.from(lines.join(''));
    await this.objects.put({
      bucket: destination.bucket,
      key: streamObjectKey({ destination, time: minute }),
      body: destination.isPacked ? await promisify(gzip)(text) : text,
    });
  }

  #add(
    subscription: AccessLogSubscription,
    time: number,
    message: string,
  ): void {
    const { destinationArn, resourceId } = subscription;
    if (destinationArn.startsWith('arn:aws:s3:')) {
      this.#addToObject({ owner: { subscription }, time, message });
      return;
    }
    if (destinationArn.startsWith('arn:aws:firehose:')) {
      const owner = { streamArn: destinationArn };
      this.#addToObject({ owner, time, message });
      return;
    }
    const logGroupArn = destinationArn.replace(/:\*$/, '');
    if (!this.estate.logGroups.has(logGroupArn)) {
      return; // Deleted since: the delivery fails, as in AWS.
    }
    // One stream for each resource: AWS does not document the names it uses.
    const logStreamName = `${resourceId}/VpcLatticeAccessLogs`;
    const key = `${logGroupArn}/${logStreamName}`;
    const pending = this.#pendingEvents.get(key) ?? {
      logGroupArn,
      logStreamName,
      events: [],
    };
    this.#pendingEvents.set(key, pending);
    pending.events.push({ timestamp: time, message });
    if (pending.events.length >= BATCH) {
      this.#pendingEvents.delete(key);
      this.#put(pending);
    }
    this.#scheduled ??= setImmediate(() => this.flushEvents());
  }

  #addToObject(options: {
    owner: Pick<PendingObject, 'subscription' | 'streamArn'>;
    time: number;
    message: string;
  }): void {
    const { owner, time, message } = options;
    // Calls of long ago, made up by the traffic, are few and share the object of their hour.
    const length = time < this.now() - HOUR ? HOUR : MINUTE;
    const minute = Math.floor(time / length) * length;
    const key = `${owner.subscription?.arn ?? owner.streamArn}/${minute}`;
    const pending = this.#pendingObjects.get(key);
    if (pending) {
      pending.lines.push(message);
    } else {
      this.#pendingObjects.set(key, { ...owner, minute, lines: [message] });
    }
  }

  #put({ logGroupArn, logStreamName, events }: PendingEvents): void {
    const latest = Math.max(...events.map(event => event.timestamp));
    this.logs.put({
      logGroupArn,
      logStreamName,
      events,
      // Events of the past arrive soon after they happened, not now.
      ingestionTime: Math.min(this.now(), latest + MINUTE),
    });
  }
}
