import { ConflictError } from '@backstage/errors';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { AccessRequest } from '@lattice-portal/plugin-lattice-common';
import type { AccessRequestPermissionQuery } from '@lattice-portal/plugin-lattice-node';
import type { Knex } from 'knex';
import type {
  AccessEvidence,
  AccessWatch,
} from '../accessRequests/AccessWatch';
import type {
  AccessRequestParties,
  AccessRequestRecord,
  AccessRequestStore,
  StoredAccessRequest,
} from './AccessRequestStore';
import { upsert } from './upsert';

const TABLE = 'access_requests';
const PARTIES = 'access_request_parties';
const EVIDENCE = 'access_request_evidence';

/**
 * Keeps access requests in the plugin's database.
 */
export class DatabaseAccessRequestStore implements AccessRequestStore {
  static create(options: { knex: Knex }): DatabaseAccessRequestStore {
    return new DatabaseAccessRequestStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async create(options: {
    request: AccessRequestRecord;
    parties: AccessRequestParties;
  }): Promise<StoredAccessRequest> {
    const { request, parties } = options;
    await this.knex.transaction(async transaction => {
      await transaction(TABLE).insert({
        id: request.id,
        version: 1,
        created_at: Date.parse(request.createdAt),
        ...columnsOf(request),
      });
      await saveParties(transaction, request.id, parties);
    });
    return { request, version: 1 };
  }

  async update(options: {
    stored: StoredAccessRequest;
    request: AccessRequestRecord;
    parties: AccessRequestParties;
  }): Promise<StoredAccessRequest> {
    const { stored, request, parties } = options;
    const version = stored.version + 1;
    await this.knex.transaction(async transaction => {
      const changed = await transaction(TABLE)
        .where({ id: request.id, version: stored.version })
        .update({ version, ...columnsOf(request) });
      if (changed === 0) {
        throw new ConflictError(
          `Access request ${request.id} was changed by somebody else meanwhile`,
        );
      }
      await saveParties(transaction, request.id, parties);
    });
    return { request, version };
  }

  async get(options: { id: string }): Promise<StoredAccessRequest | undefined> {
    const row = await this.knex(TABLE).where({ id: options.id }).first();
    return row && storedOf(row);
  }

  async list(
    options: {
      criteria?: PermissionCriteria<AccessRequestPermissionQuery>;
      statuses?: AccessRequest['status'][];
    } = {},
  ): Promise<StoredAccessRequest[]> {
    const { criteria, statuses } = options;
    const query = this.knex(TABLE)
      .where(builder => this.#whereCriteria(builder, criteria))
      .orderBy('created_at', 'desc');
    if (statuses) {
      query.whereIn('status', statuses);
    }
    const rows: any[] = await query;
    return rows.map(storedOf);
  }

  async watches(): Promise<AccessWatch[]> {
    const applied = await this.list({ statuses: ['applied'] });
    return applied.map(({ request }) => ({
      requestId: request.id,
      since: Math.max(
        ...request.changes.map(({ appliedAt }) =>
          appliedAt ? Date.parse(appliedAt) : 0,
        ),
      ),
      callerId: request.callerId,
      serviceArn: request.serviceArn,
      methods: request.methods,
      paths: request.paths,
    }));
  }

  async evidence(options: { id: string }): Promise<AccessEvidence[]> {
    const rows = await this.knex(EVIDENCE).where({ request_id: options.id });
    return rows.map(row => ({
      requestId: row.request_id,
      kind: row.kind,
      count: Number(row.count),
      firstSeen: Number(row.first_seen),
      lastSeen: Number(row.last_seen),
      example: row.example,
    }));
  }

  async clearEvidence(options: { id: string }): Promise<void> {
    await this.knex(EVIDENCE).where({ request_id: options.id }).delete();
  }

  #whereCriteria(
    builder: Knex.QueryBuilder,
    criteria: PermissionCriteria<AccessRequestPermissionQuery> | undefined,
  ): void {
    if (!criteria) {
      return;
    }
    if ('allOf' in criteria) {
      for (const part of criteria.allOf) {
        builder.andWhere(nested => this.#whereCriteria(nested, part));
      }
    } else if ('anyOf' in criteria) {
      for (const part of criteria.anyOf) {
        builder.orWhere(nested => this.#whereCriteria(nested, part));
      }
    } else if ('not' in criteria) {
      builder.whereNot(nested => this.#whereCriteria(nested, criteria.not));
    } else {
      const parties = this.knex(PARTIES).select('request_id');
      if ('approver' in criteria) {
        parties
          .where({ part: 'approver' })
          .whereIn('entity_ref', criteria.approver);
      } else {
        parties.whereIn('entity_ref', criteria.involves);
      }
      builder.whereIn('id', parties);
    }
  }
}

function columnsOf(request: AccessRequestRecord) {
  return { status: request.status, body: JSON.stringify(request) };
}

function storedOf(row: any): StoredAccessRequest {
  return { request: JSON.parse(row.body), version: row.version };
}

async function saveParties(
  transaction: Knex.Transaction,
  id: string,
  parties: AccessRequestParties,
): Promise<void> {
  await transaction(PARTIES).where({ request_id: id }).delete();
  const rowsOf = (part: string, refs: string[]) =>
    [...new Set(refs)].map(ref => ({
      request_id: id,
      part,
      entity_ref: ref,
    }));
  await upsert(transaction, {
    table: PARTIES,
    rows: [
      ...rowsOf('asker', parties.askers),
      ...rowsOf('approver', parties.approvers),
    ],
    key: ['request_id', 'part', 'entity_ref'],
  });
}
