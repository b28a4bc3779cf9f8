import {
  DescribeRecordCommand,
  type DescribeRecordOutput,
  type ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StackEventLog } from './StackEventLog';

const MOST_FAILURES_IN_A_ROW = 10;

/** How a record ended. */
export interface RecordResult {
  succeeded: boolean;
  outputs: Record<string, string>;
  /** What Service Catalog says went wrong. */
  errors: string[];
}

/**
 * Waits until a Service Catalog record is over, and tells the events of its stack meanwhile.
 *
 * @remarks
 * A look that fails is repeated: what happens in AWS goes on whether or not it can be watched.
 *
 * @throws ServiceUnavailableError when the record can't be read many times in a row
 */
export async function followRecord(options: {
  serviceCatalog: ServiceCatalogClient;
  recordId: string;
  events: StackEventLog;
  pollIntervalSeconds: number;
  /** Called between two looks. */
  onWait?: () => void | Promise<void>;
}): Promise<RecordResult> {
  const { serviceCatalog, recordId, events } = options;
  let failures = 0;
  for (;;) {
    try {
      const record = await serviceCatalog.send(
        new DescribeRecordCommand({ Id: recordId }),
      );
      failures = 0;
      await events.readNew();
      const status = record.RecordDetail?.Status;
      if (status === 'SUCCEEDED' || status === 'FAILED') {
        return toResult(record);
      }
    } catch (error) {
      failures += 1;
      if (failures >= MOST_FAILURES_IN_A_ROW) {
        throw new ServiceUnavailableError(
          `Record ${recordId} can't be read any more, so its state is unknown: ${
            toError(error).message
          }`,
          error,
        );
      }
    }
    await options.onWait?.();
    await sleep(options.pollIntervalSeconds * 1000);
  }
}

function toResult(record: DescribeRecordOutput): RecordResult {
  const outputs: Record<string, string> = {};
  for (const { OutputKey: key, OutputValue: value } of record.RecordOutputs ??
    []) {
    if (key !== undefined && value !== undefined) {
      outputs[key] = value;
    }
  }
  const errors = (record.RecordDetail?.RecordErrors ?? []).map(
    ({ Code: code, Description: text }) =>
      [code, text].filter(Boolean).join(': '),
  );
  return {
    succeeded: record.RecordDetail?.Status === 'SUCCEEDED',
    outputs,
    errors,
  };
}
