import { AwsError } from '../operations/AwsError';
import { SimpleType } from './model';

/** Where a value stands, which decides how a timestamp without a format of its own is written. */
export type Location = 'json' | 'xml' | 'query' | 'label' | 'header';

/** A request that does not have the shape its operation asks for. */
export function serializationError(message: string): AwsError {
  return new AwsError({
    code: 'SerializationException',
    message,
    statusCode: 400,
  });
}

const TIMESTAMP_FORMAT: Record<Location, number> = {
  json: SimpleType.epochSeconds,
  xml: SimpleType.dateTime,
  query: SimpleType.dateTime,
  label: SimpleType.dateTime,
  header: SimpleType.httpDate,
};

/** Reads a simple value that came as text (query, header, label, XML). */
export function parseText(type: number, text: string): unknown {
  switch (type) {
    case SimpleType.number:
    case SimpleType.bigInteger:
    case SimpleType.bigDecimal: {
      const number = Number(text);
      if (text.trim() === '' || Number.isNaN(number)) {
        throw serializationError(`${text} is not a number`);
      }
      return number;
    }
    case SimpleType.boolean:
      if (text !== 'true' && text !== 'false') {
        throw serializationError(`${text} is not a boolean`);
      }
      return text === 'true';
    case SimpleType.timestamp:
    case SimpleType.dateTime:
    case SimpleType.httpDate:
    case SimpleType.epochSeconds:
      return parseTimestamp(text);
    case SimpleType.blob:
    case SimpleType.streamingBlob:
      return Buffer.from(text, 'base64');
    default:
      return text;
  }
}

/** Reads a simple value out of JSON. */
export function parseJsonValue(type: number, value: unknown): unknown {
  switch (type) {
    case SimpleType.string:
      if (typeof value !== 'string') {
        throw serializationError(`${JSON.stringify(value)} is not a string`);
      }
      return value;
    case SimpleType.number:
    case SimpleType.bigInteger:
    case SimpleType.bigDecimal:
      if (typeof value !== 'number') {
        throw serializationError(`${JSON.stringify(value)} is not a number`);
      }
      return value;
    case SimpleType.boolean:
      if (typeof value !== 'boolean') {
        throw serializationError(`${JSON.stringify(value)} is not a boolean`);
      }
      return value;
    case SimpleType.timestamp:
    case SimpleType.dateTime:
    case SimpleType.httpDate:
    case SimpleType.epochSeconds:
      return parseTimestamp(value as string | number);
    case SimpleType.blob:
    case SimpleType.streamingBlob:
      return Buffer.from(String(value), 'base64');
    default:
      return value;
  }
}

function parseTimestamp(value: string | number): Date {
  const seconds = Number(value);
  const date = new Date(Number.isNaN(seconds) ? value : seconds * 1000);
  if (Number.isNaN(date.getTime())) {
    throw serializationError(`${value} is not a timestamp`);
  }
  return date;
}

/**
 * Writes a simple value. Timestamps may be given as `Date` or ISO 8601 text, blobs as bytes or text.
 */
export function formatValue(
  type: number,
  value: unknown,
  location: Location,
): string | number | boolean | unknown {
  switch (type) {
    case SimpleType.timestamp:
      return formatTimestamp(TIMESTAMP_FORMAT[location], value);
    case SimpleType.dateTime:
    case SimpleType.httpDate:
    case SimpleType.epochSeconds:
      return formatTimestamp(type, value);
    case SimpleType.blob:
    case SimpleType.streamingBlob:
      return Buffer.from(value as string | Uint8Array).toString('base64');
    default:
      return value;
  }
}

function formatTimestamp(type: number, value: unknown): string | number {
  const date = new Date(value as Date | string);
  switch (type) {
    case SimpleType.epochSeconds:
      return date.getTime() / 1000;
    case SimpleType.httpDate:
      return date.toUTCString();
    default:
      return date.toISOString();
  }
}
