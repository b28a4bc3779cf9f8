import type { LogStore } from '../../logs/LogStore';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { paginate } from '../paginate';
import {
  findLogGroup,
  invalidParameter,
  logStreams,
  resourceNotFound,
} from './common';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const EVENTS_PER_CALL = 10_000;
const HOUR = 3_600_000;

export function logEventOperations(options: {
  logs: LogStore;
}): ServiceOperations {
  const { logs } = options;

  function streamsOf(context: OperationContext, logGroupArn: string) {
    const streams = new Map<string, Record<string, unknown>>();
    for (const stream of logStreams(context).filter(
      candidate => candidate.logGroupArn === logGroupArn,
    )) {
      streams.set(stream.name, { creationTime: Date.parse(stream.createdAt) });
    }
    for (const { logStreamName, ...rest } of logs.streams(logGroupArn)) {
      streams.set(logStreamName, {
        creationTime: rest.firstEventTimestamp,
        ...streams.get(logStreamName),
        firstEventTimestamp: rest.firstEventTimestamp,
        lastEventTimestamp: rest.lastEventTimestamp,
        lastIngestionTime: rest.lastIngestionTime,
      });
    }
    return [...streams.entries()].map(([logStreamName, rest]) => ({
      logStreamName,
      arn: `${logGroupArn}:log-stream:${logStreamName}`,
      storedBytes: 0,
      ...(rest as { lastEventTimestamp?: number }),
    }));
  }

  return {
    CreateLogStream(input, context) {
      const { logStreamName: name } = input;
      const { arn: logGroupArn } = findLogGroup(context, input);
      const key = `${logGroupArn}:${name}`;
      if (logStreams(context).has(key)) {
        throw new AwsError({
          code: 'ResourceAlreadyExistsException',
          message: 'The specified log stream already exists',
        });
      }
      const createdAt = new Date(context.now()).toISOString();
      logStreams(context).put(key, { logGroupArn, name, createdAt });
    },

    DescribeLogStreams(input, context) {
      const { logStreamNamePrefix = '', orderBy, descending } = input;
      const { arn } = findLogGroup(context, input);
      const byTime = orderBy === 'LastEventTime';
      if (byTime && logStreamNamePrefix) {
        throw invalidParameter(
          'Cannot order by LastEventTime with a logStreamNamePrefix.',
        );
      }
      const found = streamsOf(context, arn).filter(stream =>
        stream.logStreamName.startsWith(logStreamNamePrefix),
      );
      const ranked = found.map(stream => ({
        stream,
        rank: byTime
          ? `${String(stream.lastEventTimestamp ?? 0).padStart(15, '0')}${
              stream.logStreamName
            }`
          : stream.logStreamName,
      }));
      ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
      if (descending) {
        ranked.reverse();
      }
      const { items, nextToken } = paginate({
        items: ranked.map(({ stream }, index) => ({ stream, index })),
        key: ({ index }) => String(index).padStart(9, '0'),
        maxResults: input.limit,
        nextToken: input.nextToken,
        defaultSize: 50,
        invalidToken: () =>
          invalidParameter('The specified nextToken is invalid.'),
      });
      return { logStreams: items.map(({ stream }) => stream), nextToken };
    },

    PutLogEvents(input, context) {
      const { logStreamName, logEvents } = input;
      const { arn: logGroupArn } = findLogGroup(context, input);
      if (
        !streamsOf(context, logGroupArn).some(
          stream => stream.logStreamName === logStreamName,
        )
      ) {
        throw resourceNotFound('The specified log stream does not exist.');
      }
      if (logEvents.length === 0 || logEvents.length > EVENTS_PER_CALL) {
        throw invalidParameter('A batch has 1-10000 log events');
      }
      const now = context.now();
      const isTooNew = (event: any) => event.timestamp > now + 2 * HOUR;
      const isTooOld = (event: any) => event.timestamp < now - 14 * 24 * HOUR;
      const tooNew = logEvents.findIndex(isTooNew);
      const tooOld = logEvents.findLastIndex(isTooOld);
      logs.put({
        logGroupArn,
        logStreamName,
        ingestionTime: now,
        events: logEvents.filter(
          (event: any) => !isTooNew(event) && !isTooOld(event),
        ),
      });
      return {
        nextSequenceToken: context.requestId,
        ...((tooNew >= 0 || tooOld >= 0) && {
          rejectedLogEventsInfo: {
            tooNewLogEventStartIndex: tooNew >= 0 ? tooNew : undefined,
            tooOldLogEventEndIndex: tooOld >= 0 ? tooOld + 1 : undefined,
          },
        }),
      };
    },

    FilterLogEvents(input, context) {
      const { arn } = findLogGroup(context, input);
      const { logStreamNames, logStreamNamePrefix } = input;
      if (logStreamNames && logStreamNamePrefix) {
        throw invalidParameter(
          'logStreamNames and logStreamNamePrefix exclude each other',
        );
      }
      return {
        ...logs.filter({
          logGroupArn: arn,
          startTime: input.startTime,
          endTime: input.endTime,
          logStreamNames,
          logStreamNamePrefix,
          filterPattern: input.filterPattern,
          limit: checkLimit(input.limit),
          nextToken: checkToken(input.nextToken),
        }),
        searchedLogStreams: [],
      };
    },

    GetLogEvents(input, context) {
      const { logStreamName, nextToken } = input;
      const { arn } = findLogGroup(context, input);
      if (
        !streamsOf(context, arn).some(
          stream => stream.logStreamName === logStreamName,
        )
      ) {
        throw resourceNotFound('The specified log stream does not exist.');
      }
      const [direction, position = ''] = (nextToken ?? '').split('/');
      if (direction === 'b') {
        throw invalidParameter('The sandbox pages forward only.');
      }
      if (!input.startFromHead && !nextToken) {
        throw invalidParameter(
          'The sandbox pages forward only: set startFromHead.',
        );
      }
      const { events, nextToken: next } = logs.filter({
        logGroupArn: arn,
        startTime: input.startTime,
        // Exclusive here, unlike in FilterLogEvents.
        endTime: input.endTime === undefined ? undefined : input.endTime - 1,
        logStreamNames: [logStreamName],
        limit: checkLimit(input.limit),
        nextToken: position || undefined,
      });
      // At the end the same token is given again, which is how callers know that they are there.
      const forward =
        next ?? (events.length ? logs.tokenAfter(events) : position);
      return {
        events,
        nextForwardToken: `f/${forward}`,
        nextBackwardToken: `b/${position}`,
      };
    },
  };
}

function checkLimit(limit: number = EVENTS_PER_CALL): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > EVENTS_PER_CALL) {
    throw invalidParameter(`The limit must be from 1 to ${EVENTS_PER_CALL}`);
  }
  return limit;
}

function checkToken(token: string | undefined): string | undefined {
  if (
    token !== undefined &&
    !/^\d+\/\d+$/.test(Buffer.from(token, 'base64url').toString())
  ) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  return token;
}
