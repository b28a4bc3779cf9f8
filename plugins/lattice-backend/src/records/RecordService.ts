import { stringifyError } from '@backstage/errors';
import type {
  AccessLogStore,
  RecordedCall,
  RecordedCallsPage,
} from '@lattice-portal/access-log-store';
import {
  type CallFilter,
  type CallLog,
  type CallOnRecord,
  type CallRecords,
  type ProxyLog,
} from '@lattice-portal/plugin-lattice-common';
import type {
  AccessLogSourceFactory,
  ProxyLogGroup,
  ProxyLogReader,
} from '@lattice-portal/plugin-lattice-node';
import type { IngestStore } from '../database/IngestStore';
import type { TimeRange } from '../database/TrafficStore';
import type { EstateIndex } from '../estate/EstateIndex';
import type { EstateService } from '../estate/EstateService';
import { isAskedFor } from '../calls/isAskedFor';
import { networkUnknownGap } from '../calls/networkUnknownGap';
import type { ServiceCalls } from '../calls/CallsByService';
import { askRecords } from './askRecords';
import { logsOfCall } from './logsOfCall';

const MINUTE = 60 * 1000;
/** A proxy hands a request on within seconds; a client waits for minutes at most. */
const AROUND = 5 * MINUTE;
const NO_RECORD_TO_READ =
  'The log is searched only around the time of a record that you may read, and there is none';
const CALLS_OF_OTHERS =
  'Other calls have this request id too, and you may not read their records';
const TOO_MANY_CALLS =
  'So many calls have this request id that it is not known whether you may read the records of all of them';

/**
 * Finds the records of single calls.
 */
export class RecordService {
  static create(options: {
    estate: EstateService;
    records?: AccessLogStore;
    ingest: Pick<IngestStore, 'sources'>;
    sourceFactory: AccessLogSourceFactory;
    proxyLogs: ProxyLogReader;
    proxyLogGroups: ProxyLogGroup[];
  }): RecordService {
    return new RecordService(options);
  }

  private constructor(
    private readonly options: Parameters<typeof RecordService.create>[0],
  ) {}

  /**
   * All that is on record of the calls with a request id, and what the proxies in front wrote.
   *
   * @param options - `filter`: which of the calls are asked for; `allows`: whether the viewer may read the records
   * of a call
   * @throws as `askRecords`
   */
  async byRequestId(options: {
    requestId: string;
    range: TimeRange;
    filter?: CallFilter;
    allows: (call: RecordedCall) => boolean;
    signal?: AbortSignal;
  }): Promise<CallRecords> {
    const { requestId, range, filter = {}, allows, signal } = options;
    const answer = await askRecords(this.options.records, records =>
      records.callsByRequestId({
        ...range,
        ...scopeOf(filter),
        requestId,
        signal,
      }),
    );
    const { visible, networkUnknown } = chosenOf(
      answer.items.filter(allows),
      filter,
    );
    const index = await this.options.estate.current();
    const logs = await this.#logs(visible, index);
    return {
      window: answer.window,
      lines: {
        count: visible.flatMap(({ records }) => records).length,
        isAtLeast: answer.hasMore,
      },
      gaps: [
        ...answer.gaps,
        ...networkUnknownGap({
          calls: networkUnknown,
          window: answer.window,
          // They are calls that the viewer may read.
          maySee: () => true,
        }),
      ],
      hasMore: answer.hasMore,
      calls: visible.map((call, at) => ({
        ...toCallOnRecord(call, index),
        logs: logs[at],
      })),
      proxyLogs: await this.#proxyLogs({
        requestId,
        visible,
        found: answer,
        allows,
        signal,
      }),
    };
  }

  /** Of each call, which of the logs that it should be in have it. */
  async #logs(calls: RecordedCall[], index: EstateIndex): Promise<CallLog[][]> {
    const { ingest, sourceFactory } = this.options;
    const sources = calls.length > 0 ? await ingest.sources() : [];
    return calls.map(call =>
      logsOfCall({
        call,
        snapshots: index.snapshots,
        sources,
        sourceIdOf: subscription => sourceFactory.create(subscription)?.id,
      }),
    );
  }

  /** @param options - `found`: the calls of the window, of which some are visible */
  async #proxyLogs(options: {
    requestId: string;
    visible: RecordedCall[];
    found: RecordedCallsPage;
    allows: (call: RecordedCall) => boolean;
    signal?: AbortSignal;
  }): Promise<ProxyLog[]> {
    const { requestId, visible, signal } = options;
    const { proxyLogs, proxyLogGroups } = this.options;
    if (proxyLogGroups.length === 0) {
      return [];
    }
    const times = visible.map(({ records }) => records[0].record.timestamp);
    const span = {
      from: Math.min(...times) - AROUND,
      to: Math.max(...times) + AROUND,
    };
    const whyNot = await this.#whyNotSearched({ ...options, span });
    return Promise.all(
      proxyLogGroups.map(async (group): Promise<ProxyLog> => {
        const unknown = (reason: string): ProxyLog => ({
          ...group,
          status: 'unknown',
          reason,
        });
        if (whyNot !== undefined) {
          return unknown(whyNot);
        }
        try {
          const { lines, isComplete } = await proxyLogs.linesOf({
            group,
            requestId,
            ...span,
            signal,
          });
          return {
            ...group,
            status: 'read',
            lines: lines.map(({ timestamp, ...line }) => ({
              ...line,
              time: new Date(timestamp).toISOString(),
            })),
            isComplete,
          };
        } catch (error) {
          return unknown(stringifyError(error));
        }
      }),
    );
  }

  /**
   * Lines of proxies can't be told from each other: they are for those who may read all calls of the id that
   * could have written some of them, also where only a part of these was asked for.
   *
   * @param options - `span`: of the logs
   * @returns `undefined` if they may be searched
   */
  async #whyNotSearched(options: {
    requestId: string;
    visible: RecordedCall[];
    found: RecordedCallsPage;
    allows: (call: RecordedCall) => boolean;
    span: TimeRange;
    signal?: AbortSignal;
  }): Promise<string | undefined> {
    const { requestId, visible, found, allows, span, signal } = options;
    if (visible.length === 0) {
      return NO_RECORD_TO_READ;
    }
    const inWindow = whyNotAll(found, allows);
    if (inWindow !== undefined) {
      return inWindow;
    }
    try {
      const around = await askRecords(this.options.records, records =>
        records.callsByRequestId({
          requestId,
          // A line is as far from its own call, at most.
          from: span.from - AROUND,
          to: span.to + AROUND,
          signal,
        }),
      );
      return whyNotAll(around, allows);
    } catch (error) {
      return `Whether other calls have this request id is not known: ${stringifyError(
        error,
      )}`;
    }
  }
}

/**
 * What the store can leave out. Callers and accounts stay in, as the two records of a call may name another caller
 * each.
 */
function scopeOf({ serviceArn, serviceNetworkArn }: CallFilter) {
  return {
    serviceArns: serviceArn === undefined ? undefined : [serviceArn],
    serviceNetworkArns:
      serviceNetworkArn === undefined
        ? undefined
        : [serviceNetworkArn, undefined],
  };
}

/** Those that are asked for, and those that may be: no record of them says which network they went over. */
function chosenOf(
  calls: readonly RecordedCall[],
  filter: CallFilter,
): { visible: RecordedCall[]; networkUnknown: ServiceCalls[] } {
  const { serviceNetworkArn } = filter;
  const askedFor = calls.filter(({ records: [{ record, caller }] }) =>
    isAskedFor(
      {
        callerId: caller.id,
        callerAccountId: caller.accountId,
        serviceArn: record.serviceArn,
      },
      filter,
    ),
  );
  if (serviceNetworkArn === undefined) {
    return { visible: askedFor, networkUnknown: [] };
  }
  const networksOf = ({ records }: RecordedCall) =>
    records.map(({ record }) => record.serviceNetworkArn);
  return {
    visible: askedFor.filter(call =>
      networksOf(call).includes(serviceNetworkArn),
    ),
    networkUnknown: askedFor
      .filter(call => networksOf(call).every(arn => arn === undefined))
      .map(({ records: [{ record }] }) => ({
        serviceArn: record.serviceArn,
        calls: 1,
      })),
  };
}

/** Why a viewer may not be one who may read all calls of an id. */
function whyNotAll(
  { items, hasMore }: RecordedCallsPage,
  allows: (call: RecordedCall) => boolean,
): string | undefined {
  if (!items.every(allows)) {
    return CALLS_OF_OTHERS;
  }
  return hasMore ? TOO_MANY_CALLS : undefined;
}

function toCallOnRecord(
  call: RecordedCall,
  index: EstateIndex,
): Omit<CallOnRecord, 'logs'> {
  const { key, records } = call;
  const [{ record, outcome, caller }] = records;
  const { serviceArn } = record;
  return {
    key,
    startTime: record.startTime,
    outcome,
    callerId: caller.id,
    callerKind: caller.kind,
    serviceArn,
    serviceName: index.services.get(serviceArn)?.name,
    method: record.requestMethod,
    path: record.requestPath,
    records: records.map(
      ({ source, twin, record: { timestamp: _, other, ...fields } }) => ({
        source,
        isCounted: !twin,
        fields: { ...fields, ...other },
      }),
    ),
  };
}
