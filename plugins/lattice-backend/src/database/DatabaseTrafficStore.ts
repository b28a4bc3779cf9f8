import type {
  CallerKind,
  Outcome,
} from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import { durationBounds } from '../ingest/durationHistogram';
import type {
  NewestCall,
  StoredEdge,
  TimeRange,
  TrafficFilter,
  TrafficStore,
} from './TrafficStore';

const durationColumns = Array.from(
  { length: durationBounds.length + 1 },
  (_, index) => `duration_${index}`,
);

/**
 * Reads the roll-ups in the plugin's database.
 */
export class DatabaseTrafficStore implements TrafficStore {
  static create(options: { knex: Knex }): DatabaseTrafficStore {
    return new DatabaseTrafficStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async edges(options: TimeRange & TrafficFilter): Promise<StoredEdge[]> {
    const { from, to, ...filter } = options;
    const key = [
      'service_arn',
      'caller_id',
      'caller_kind',
      'source_vpc_id',
      'outcome',
    ];
    const query = this.knex('edges_1h')
      .where('bucket', '>=', from)
      .where('bucket', '<', to)
      .where(columnsOf(filter))
      .groupBy(key)
      .select(key)
      .sum({ count: 'count' })
      .min({ first_seen: 'first_seen' })
      .max({ last_seen: 'last_seen' });
    for (const column of durationColumns) {
      query.sum({ [column]: column });
    }
    const rows: any[] = await query;
    return rows.map(row => ({
      serviceArn: row.service_arn,
      callerId: row.caller_id,
      callerKind: row.caller_kind,
      sourceVpcId: row.source_vpc_id || undefined,
      outcome: row.outcome,
      count: Number(row.count),
      firstSeen: Number(row.first_seen),
      lastSeen: Number(row.last_seen),
      durations: durationColumns.map(column => Number(row[column])),
    }));
  }

  async newestCalls(options: {
    serviceArn?: string;
    callerId?: string;
  }): Promise<NewestCall[]> {
    const { serviceArn, callerId } = options;
    const key = ['service_arn', 'caller_id', 'source_vpc_id', 'outcome'];
    const query = this.knex('newest_calls').select(...key, 'last_seen');
    if (serviceArn) {
      query.where({ service_arn: serviceArn });
    }
    if (callerId) {
      query.where({ caller_id: callerId });
    }
    const rows: any[] = await query;
    return rows.map(row => ({
      serviceArn: row.service_arn,
      callerId: row.caller_id,
      sourceVpcId: row.source_vpc_id || undefined,
      outcome: row.outcome,
      lastSeen: Number(row.last_seen),
    }));
  }

  async outcomes(
    options: TimeRange & { serviceArn: string },
  ): Promise<{ bucket: number; outcome: Outcome; count: number }[]> {
    const { from, to, serviceArn } = options;
    const rows = await this.knex('outcomes_5m')
      .where({ service_arn: serviceArn })
      .where('bucket', '>=', from)
      .where('bucket', '<', to)
      .orderBy('bucket');
    return rows.map(row => ({
      bucket: Number(row.bucket),
      outcome: row.outcome,
      count: Number(row.count),
    }));
  }

  async callerOutcomes(
    options: TimeRange & TrafficFilter,
  ): Promise<
    { bucket: number; callerId: string; outcome: Outcome; count: number }[]
  > {
    const { from, to, ...filter } = options;
    const key = ['bucket', 'caller_id', 'outcome'];
    const rows: any[] = await this.knex('edges_1h')
      .where('bucket', '>=', from)
      .where('bucket', '<', to)
      .where(columnsOf(filter))
      .groupBy(key)
      .select(key)
      .sum({ count: 'count' });
    return rows.map(row => ({
      bucket: Number(row.bucket),
      callerId: row.caller_id,
      outcome: row.outcome,
      count: Number(row.count),
    }));
  }

  async callers(): Promise<
    { callerId: string; callerKind: CallerKind; serviceArn: string }[]
  > {
    const rows = await this.knex('edges_1h').distinct(
      'caller_id',
      'caller_kind',
      'service_arn',
    );
    return rows.map(row => ({
      callerId: row.caller_id,
      callerKind: row.caller_kind,
      serviceArn: row.service_arn,
    }));
  }
}

function columnsOf(filter: TrafficFilter): Record<string, string> {
  const { serviceArn, callerId, sourceVpcId } = filter;
  return {
    ...(serviceArn && { service_arn: serviceArn }),
    ...(callerId && { caller_id: callerId }),
    ...(sourceVpcId && { source_vpc_id: sourceVpcId }),
  };
}
