import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import Router from 'express-promise-router';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import { recordAccess } from '../authorization/viewerAccess';
import type { EstateService } from '../estate/EstateService';
import { rangeOf } from '../map/timeWindow';
import type { RecordService } from '../records/RecordService';
import { parse, recordsQuerySchema } from './parse';

/**
 * `/records`.
 */
export function createRecordsRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: LatticeAuthorizer;
  estate: EstateService;
  recordService: RecordService;
}) {
  const { httpAuth, authorizer, estate, recordService } = options;
  const router = Router();

  router.get('/records/:requestId', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const allows = await recordAccess({
      authorizer,
      credentials,
      index: await estate.current(),
    });
    if (!allows) {
      throw new NotAllowedError(
        'Permission lattice.denied-request.read or lattice.access-log-record.read is needed',
      );
    }
    const { from, to, ...filter } = parse(recordsQuerySchema, req.query);
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    res.json(
      await recordService.byRequestId({
        requestId: req.params.requestId,
        range: rangeOf({ from, to, now: Date.now() }),
        filter,
        allows,
        signal: gone.signal,
      }),
    );
  });

  return router;
}
