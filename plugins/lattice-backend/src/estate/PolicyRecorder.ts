import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type {
  AccountEstate,
  EstateGap,
  PolicyVersion,
  Service,
  ServiceNetwork,
} from '@lattice-portal/plugin-lattice-common';
import {
  type PolicyHistoryEvent,
  type PolicyHistoryReader,
  samePolicy,
} from '@lattice-portal/plugin-lattice-node';
import type { PolicyVersionStore } from '../database/PolicyVersionStore';
import { mergePolicyVersions } from './mergePolicyVersions';

/** CloudTrail's event history: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
const HISTORY_REACH = 90 * 24 * 60 * 60 * 1000;
/** CloudTrail delivers within about 15 minutes; read again what may have come late. */
const HISTORY_DELAY = 30 * 60 * 1000;
/** How long a failed read of the history is left alone before the next try. */
const HISTORY_RETRY = 10 * 60 * 1000;

/**
 * Records every change of an auth policy: those the portal sees, and those AWS recorded before.
 */
export class PolicyRecorder {
  readonly #failures = new Map<string, { at: number; reason: string }>();

  static create(options: {
    store: PolicyVersionStore;
    history: PolicyHistoryReader;
    logger: LoggerService;
  }): PolicyRecorder {
    return new PolicyRecorder(options);
  }

  private constructor(
    private readonly options: Parameters<typeof PolicyRecorder.create>[0],
  ) {}

  /**
   * Takes in what was just read of one account and region.
   *
   * @returns what is missing of the history
   */
  async record(options: {
    estate: AccountEstate;
    /** Milliseconds since the epoch. */
    at: number;
  }): Promise<EstateGap[]> {
    const { estate, at } = options;
    const { store } = this.options;
    const resources = readableResources(estate);
    const current = new Map(
      (await store.listCurrent()).map(version => [
        version.resourceArn,
        version,
      ]),
    );
    const changed = resources.filter(
      resource => !isInForce(resource, current.get(resource.arn)),
    );
    const readBefore = await store.historyRead(estate);
    if (changed.length === 0 && readBefore) {
      return [];
    }
    const history = await this.#readHistory({ estate, at, readBefore });
    const renewed = history.read && !readBefore ? resources : changed;
    for (const resource of renewed) {
      await store.replace({
        resourceArn: resource.arn,
        versions: mergePolicyVersions({
          resourceArn: resource.arn,
          versions: await store.list({ resourceArn: resource.arn }),
          events: history.events.filter(
            event => event.resourceArn === resource.arn,
          ),
          observation: {
            at: new Date(at).toISOString(),
            document: resource.document,
            authType: resource.authType,
          },
          historySince: history.since,
        }),
      });
    }
    return history.read
      ? []
      : [{ part: 'policy history', reason: history.reason }];
  }

  async #readHistory(options: {
    estate: AccountEstate;
    at: number;
    readBefore?: { since: number; readUntil: number };
  }): Promise<
    { events: PolicyHistoryEvent[]; since?: string } & (
      | { read: true }
      | { read: false; reason: string }
    )
  > {
    const { at, readBefore } = options;
    const { accountId, region } = options.estate;
    const key = `${accountId}/${region}`;
    const failure = this.#failures.get(key);
    if (failure && at - failure.at < HISTORY_RETRY) {
      return { read: false, events: [], reason: failure.reason };
    }
    const since = readBefore?.since ?? at - HISTORY_REACH;
    const from = readBefore ? readBefore.readUntil - HISTORY_DELAY : since;
    try {
      const events = await this.options.history.read({
        accountId,
        region,
        since: new Date(from).toISOString(),
      });
      await this.options.store.saveHistoryRead({
        accountId,
        region,
        since,
        readUntil: at,
      });
      this.#failures.delete(key);
      return { read: true, events, since: new Date(from).toISOString() };
    } catch (error) {
      const reason = stringifyError(error);
      this.options.logger.warn(
        `Could not read the policy history of ${accountId} in ${region}: ${reason}`,
      );
      this.#failures.set(key, { at, reason });
      return { read: false, events: [], reason };
    }
  }
}

interface ReadableResource {
  arn: string;
  document?: string;
  authType?: PolicyVersion['authType'];
}

/** Own resources whose policy could be read: nothing is concluded from one that could not. */
function readableResources(estate: AccountEstate): ReadableResource[] {
  const resources: (Service | ServiceNetwork)[] = [
    ...estate.services,
    ...estate.serviceNetworks,
  ];
  return resources.flatMap(({ arn, accountId, authPolicy, authType }) =>
    authPolicy.status === 'read' && accountId === estate.accountId
      ? [{ arn, document: authPolicy.document, authType }]
      : [],
  );
}

function isInForce(
  resource: ReadableResource,
  version: PolicyVersion | undefined,
): boolean {
  return (
    version !== undefined &&
    samePolicy(version.document, resource.document) &&
    version.authType === resource.authType
  );
}
