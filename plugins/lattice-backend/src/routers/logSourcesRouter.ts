import type {
  AuditorService,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  latticeLogSourceUpdatePermission,
  latticeUnparsedLineReadPermission,
  type LogSource,
  type UnparsedLines,
} from '@lattice-portal/plugin-lattice-common';
import Router from 'express-promise-router';
import { readServices } from '../authorization/accessKinds';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import type {
  IngestStore,
  StoredLogSourceStatus,
} from '../database/IngestStore';
import { fromCursor, toCursor } from '../denials/denialCursor';
import type { TrafficMap } from '../map/TrafficMap';
import { audited } from './audited';
import { logSourceActionSchema, parse, unparsedLinesSchema } from './parse';

/**
 * `/log-sources` and `/unparsed-lines`.
 */
export function createLogSourcesRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  authorizer: LatticeAuthorizer;
  ingest: IngestStore;
  map: TrafficMap;
}) {
  const { httpAuth, auditor, authorizer, ingest, map } = options;
  const router = Router();

  router.get('/log-sources', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    await authorizer.require(credentials, readServices);
    const mayUpdate = await authorizer.allowsBasic(
      credentials,
      latticeLogSourceUpdatePermission,
    );
    const sources = await ingest.sources();
    res.json({
      items: sources.map(source => view(source, mayUpdate)),
      recordSinks: await ingest.recordSinks(),
      completeness: await map.completeness(),
    });
  });

  router.post('/log-sources/:number/:action', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await authorizer.requireBasic(
      credentials,
      latticeLogSourceUpdatePermission,
    );
    const { number, action } = parse(logSourceActionSchema, req.params);
    const source = await find(number);
    const { userEntityRef } = credentials.principal as BackstageUserPrincipal;
    await audited({
      auditor,
      req,
      eventId: `log-source-${action}`,
      meta: { id: source.id },
      work: () =>
        ingest.setPaused({
          sourceNumber: number,
          paused:
            action === 'pause'
              ? { by: userEntityRef, at: Date.now() }
              : undefined,
        }),
    });
    res.json(view(await find(number), true));
  });

  router.get('/unparsed-lines', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    await authorizer.requireBasic(
      credentials,
      latticeUnparsedLineReadPermission,
    );
    const { source, cursor, limit } = parse(unparsedLinesSchema, req.query);
    const after = cursor ? fromCursor(cursor) : undefined;
    const lines = await ingest.unparsedLines({
      sourceNumber: source,
      after: after && { timestamp: after.startTime, id: after.id },
      // One more than asked for says whether there is more.
      limit: limit + 1,
    });
    const page = lines.slice(0, limit);
    const last = page.at(-1);
    const answer: UnparsedLines = {
      items: page.map(({ timestamp, ...line }) => ({
        ...line,
        time: new Date(timestamp).toISOString(),
      })),
      nextCursor:
        last && lines.length > limit
          ? toCursor({ startTime: last.timestamp, id: last.id })
          : undefined,
    };
    res.json(answer);
  });

  async function find(number: number): Promise<StoredLogSourceStatus> {
    const source = (await ingest.sources()).find(
      candidate => candidate.number === number,
    );
    if (!source) {
      throw new NotFoundError(`There is no log source ${number}`);
    }
    return source;
  }

  return router;
}

function view(source: StoredLogSourceStatus, mayUpdate: boolean): LogSource {
  if (!mayUpdate || ['unsupported', 'ended'].includes(source.status)) {
    return { ...source, permitted: [] };
  }
  return { ...source, permitted: [source.paused ? 'resume' : 'pause'] };
}
