import type { TrailEvent } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { paginate } from '../paginate';

const NINETY_DAYS = 90 * 24 * 3_600_000;
const MAXIMUM_RESULTS = 50;

/** What an event has for each attribute that it can be looked up by. */
const ATTRIBUTES: Record<string, (event: TrailEvent) => string[]> = {
  EventId: event => [event.id],
  EventName: event => [event.name],
  EventSource: event => [event.source],
  ReadOnly: event => [String(event.readOnly)],
  ResourceName: event => event.resources.map(resource => resource.name),
  ResourceType: event => event.resources.map(resource => resource.type),
  Username: event => [userName(event)],
};

/** Operations of AWS CloudTrail: the event history, which every account has without any trail. */
export const cloudTrailOperations: ServiceOperations = {
  LookupEvents(input, context) {
    const { LookupAttributes = [], StartTime, EndTime } = input;
    const { MaxResults = MAXIMUM_RESULTS } = input;
    if (MaxResults < 1 || MaxResults > MAXIMUM_RESULTS) {
      throw new AwsError({
        code: 'InvalidMaxResultsException',
        message: `MaxResults must be from 1 to ${MAXIMUM_RESULTS}`,
      });
    }
    if (StartTime && EndTime && StartTime > EndTime) {
      throw new AwsError({
        code: 'InvalidTimeRangeException',
        message: 'The start time is after the end time',
      });
    }
    if (LookupAttributes.length > 1) {
      throw invalidAttributes('Events can be looked up by one attribute');
    }
    const [attribute] = LookupAttributes;
    const valuesOf = attribute && ATTRIBUTES[attribute.AttributeKey];
    if (attribute && !valuesOf) {
      throw invalidAttributes(
        `Events can't be looked up by ${attribute.AttributeKey}`,
      );
    }
    const from = Math.max(
      StartTime?.getTime() ?? 0,
      context.now() - NINETY_DAYS,
    );
    const to = EndTime?.getTime() ?? Infinity;
    const events = context.estate.trailEvents.filter(event => {
      const time = Date.parse(event.time);
      return (
        event.accountId === context.accountId &&
        event.region === context.region &&
        time >= from &&
        time <= to &&
        (!valuesOf || valuesOf(event).includes(attribute.AttributeValue))
      );
    });
    const { items, nextToken } = paginate({
      items: events,
      key: newestFirst,
      maxResults: MaxResults,
      nextToken: input.NextToken,
      defaultSize: MAXIMUM_RESULTS,
      invalidToken: () =>
        new AwsError({
          code: 'InvalidNextTokenException',
          message: 'The NextToken is not valid',
        }),
    });
    return { Events: items.map(describe), NextToken: nextToken };
  },
};

function invalidAttributes(message: string): AwsError {
  return new AwsError({ code: 'InvalidLookupAttributesException', message });
}

function newestFirst(event: TrailEvent): string {
  const age = String(1e15 - Date.parse(event.time)).padStart(16, '0');
  return `${age}/${event.id}`;
}

function userName({ principalArn }: TrailEvent): string {
  return principalArn.split(/[:/]/).at(-1)!;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
function describe(event: TrailEvent) {
  const isSession = event.principalArn.includes(':assumed-role/');
  return {
    EventId: event.id,
    EventName: event.name,
    EventSource: event.source,
    EventTime: event.time,
    ReadOnly: String(event.readOnly),
    Username: userName(event),
    Resources: event.resources.map(({ type, name }) => ({
      ResourceType: type,
      ResourceName: name,
    })),
    CloudTrailEvent: JSON.stringify({
      eventVersion: '1.11',
      userIdentity: {
        type: isSession ? 'AssumedRole' : 'Root',
        arn: event.principalArn,
        accountId: event.principalArn.split(':')[4],
      },
      eventTime: event.time.replace(/\.\d+Z$/, 'Z'),
      eventSource: event.source,
      eventName: event.name,
      awsRegion: event.region,
      requestParameters: event.requestParameters,
      responseElements: event.responseElements ?? null,
      eventID: event.id,
      readOnly: event.readOnly,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: event.accountId,
      eventCategory: 'Management',
    }),
  };
}
