import {
  CloudTrailClient,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import type { AwsAccess } from '../aws/AwsAccess';
import type {
  PolicyHistoryEvent,
  PolicyHistoryReader,
} from '../ports/PolicyHistoryReader';
import { parsePolicyEvent } from './parsePolicyEvent';

/**
 * Reads past changes of auth policies from CloudTrail's event history, with the reader role.
 *
 * @remarks
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 *
 * @public
 */
export class CloudTrailPolicyHistoryReader implements PolicyHistoryReader {
  static create(options: { aws: AwsAccess }): CloudTrailPolicyHistoryReader {
    return new CloudTrailPolicyHistoryReader(options.aws);
  }

  private constructor(private readonly aws: AwsAccess) {}

  async read(options: {
    accountId: string;
    region: string;
    since: string;
  }): Promise<PolicyHistoryEvent[]> {
    const { accountId, region, since } = options;
    const client = this.aws.client({
      type: CloudTrailClient,
      accountId,
      region,
      role: 'reader',
    });
    const found: PolicyHistoryEvent[] = [];
    // One after the other: AWS takes two look-ups a second per account and region.
    for (const eventName of ['PutAuthPolicy', 'DeleteAuthPolicy']) {
      const pages = paginateLookupEvents(
        { client },
        {
          StartTime: new Date(since),
          LookupAttributes: [
            { AttributeKey: 'EventName', AttributeValue: eventName },
          ],
        },
      );
      for await (const page of pages) {
        for (const { CloudTrailEvent: text = '' } of page.Events ?? []) {
          const event = parsePolicyEvent({ text, accountId, region });
          if (event) {
            found.push(event);
          }
        }
      }
    }
    return found.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }
}
