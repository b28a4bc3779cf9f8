import { parseArn } from '@lattice-portal/plugin-lattice-common';

/** https://docs.aws.amazon.com/general/latest/gr/rande-manage.html: each partition has a console of its own. */
const consoleHosts: Record<string, string> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/**
 * The page of the AWS console with the events of a stack, deleted ones included. It opens in the account one is signed
 * in to. Undefined when the ARN is none, or of a partition whose console isn't known.
 */
export function stackEventsUrl(stackArn: string): string | undefined {
  const arn = parseArn(stackArn);
  const host = arn && consoleHosts[arn.partition];
  if (!host) {
    return undefined;
  }
  const { region } = arn;
  const stackId = encodeURIComponent(stackArn);
  return `https://${region}.${host}/cloudformation/home?region=${region}#/stacks/events?stackId=${stackId}`;
}

/** The link to {@link stackEventsUrl}, as Markdown; none where there is no such page. */
export function consoleSentence(stackArn: string | undefined): string[] {
  const url = stackArn && stackEventsUrl(stackArn);
  return url ? [`[All events of the stack](${url})`] : [];
}
