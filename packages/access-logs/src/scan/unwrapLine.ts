import { jsonTextOf } from '../parse/jsonTextOf';
import { nestsTooDeep } from '../parse/nestsTooDeep';
import { parseJson } from '../parse/parseJson';
import { ObjectCutter } from './ObjectCutter';

/** One access log record as JSON, taken out of what was wrapped around it. */
export interface Unwrapped {
  /** Undefined: the text is not JSON. */
  json?: unknown;
  /** The record's own text. */
  text: string;
  /** The CloudWatch Logs group that the wrapping names. */
  logGroup?: string;
  /** The log stream that the wrapping names: a log group may have those of several logs. */
  logStream?: string;
}

/**
 * What CloudWatch Logs exports and `aws logs tail` put before a record: a time, without a zone if
 * `--format short` is asked for, perhaps a stream.
 * Source: https://github.com/aws/aws-cli/blob/develop/awscli/customizations/logs/tail.py
 */
const prefix = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)? (\S+ )?(?=\{)/;

/**
 * Takes records out of one line of a file.
 *
 * @remarks
 * Mostly the line is the record. It may also have the time of CloudWatch Logs before it, be a batch of
 * log events as CloudWatch Logs sends them to Firehose, an event of the AWS CLI, or several objects
 * without a newline between them, as Firehose writes them.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#FirehoseExample
 *
 * @param parse - what a line holds that is a record by itself
 */
export function unwrapLine(
  line: string,
  parse: (text: string) => unknown = parseJson,
): Unwrapped[] {
  const json = parse(line);
  if (json !== undefined) {
    return isBare(json) ? [{ json, text: line }] : unwrapJson(json, line);
  }
  const { text, logStream } = withoutPrefix(line);
  return splitObjects(text).flatMap(piece => {
    const value = parseJson(piece);
    return value === undefined
      ? [{ text: piece }]
      : unwrapJson(value, piece).map(one => ({ logStream, ...one }));
  });
}

function isBare(json: unknown): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    ('startTime' in json || 'eventTimestamp' in json)
  );
}

function unwrapJson(json: unknown, text: string): Unwrapped[] {
  if (typeof json !== 'object' || json === null || isBare(json)) {
    return [{ json, text }];
  }
  const { logEvents, events, message, '@message': insight } = json as any;
  const { logGroup, logStream, logStreamName } = json as Record<
    string,
    unknown
  >;
  const stream = textOf(logStream) ?? textOf(logStreamName);
  const batch = [logEvents, events].find(
    list => Array.isArray(list) && list.length > 0,
  );
  if (batch) {
    return batch.flatMap((event: unknown) =>
      unwrapEvent(event).map(one => ({
        ...one,
        logGroup: textOf(logGroup) ?? one.logGroup,
        logStream: one.logStream ?? stream,
      })),
    );
  }
  const inner = message ?? insight;
  if (typeof inner === 'string') {
    const bare = withoutPrefix(inner);
    return [
      {
        json: parseJson(bare.text),
        text: bare.text,
        logStream: stream ?? bare.logStream,
      },
    ];
  }
  return typeof inner === 'object' && inner !== null
    ? [{ json: inner, text: jsonTextOf(inner), logStream: stream }]
    : [{ json, text }];
}

function unwrapEvent(event: unknown): Unwrapped[] {
  const text = jsonTextOf(event);
  return typeof event === 'object' && event !== null && nestsTooDeep(event)
    ? [{ json: event, text }]
    : unwrapJson(event, text);
}

function withoutPrefix(line: string): { text: string; logStream?: string } {
  const text = line.trim();
  const found = prefix.exec(text);
  return found
    ? { text: text.slice(found[0].length), logStream: found[2]?.trim() }
    : { text };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** As {@link ObjectCutter} cuts it. */
function splitObjects(text: string): string[] {
  const pieces: string[] = [];
  const cutter = new ObjectCutter({
    takePiece: (bytes, { start, stop }) =>
      pieces.push(bytes.toString('utf8', start, stop).trim()),
  });
  cutter.write(Buffer.from(text));
  cutter.end();
  return pieces.filter(piece => piece !== '');
}
