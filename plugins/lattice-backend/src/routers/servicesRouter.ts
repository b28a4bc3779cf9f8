import type {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';
import { readServices } from '../authorization/accessKinds';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import {
  deniedRequestAccess,
  policyAccess,
} from '../authorization/viewerAccess';
import type { PolicyVersionStore } from '../database/PolicyVersionStore';
import type { EstateService } from '../estate/EstateService';
import { toServiceDetail } from '../estate/toServiceDetail';
import type { TrafficMap } from '../map/TrafficMap';
import { rangeOf } from '../map/timeWindow';
import type { StatementUseService } from '../statementUse/StatementUseService';
import {
  callersQuerySchema,
  outcomesQuerySchema,
  parse,
  serviceStatementUseSchema,
} from './parse';
import { statementUseViewer } from './statementUseViewer';

/**
 * `/services` and what lies below.
 */
export function createServicesRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: LatticeAuthorizer;
  estate: EstateService;
  versions: PolicyVersionStore;
  map: TrafficMap;
  statementUse: StatementUseService;
}) {
  const { httpAuth, authorizer, estate, versions, map, statementUse } = options;
  const router = Router();

  /** A service the viewer may not see is as if it were not there. */
  async function findService(credentials: BackstageCredentials, id: string) {
    const { allows } = await authorizer.require(credentials, readServices);
    const index = await estate.current();
    const service = index.serviceById(id);
    const owner = service && index.ownerOfResource(service.arn);
    if (!service || !allows({ arn: service.arn, owner })) {
      throw new NotFoundError(`There is no service ${id}`);
    }
    return { service, index };
  }

  router.get('/services', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { allows } = await authorizer.require(credentials, readServices);
    const { window, lines, services, gaps, completeness } = await map.map({
      range: rangeOf({ now: Date.now() }),
      allows,
      // Edges are not given.
      allowsDenied: () => false,
    });
    res.json({ window, lines, items: services, gaps, completeness });
  });

  router.get('/services/:serviceId', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { service, index } = await findService(
      credentials,
      req.params.serviceId,
    );
    res.json(
      toServiceDetail({
        service,
        index,
        policyVersions: await versions.list({ resourceArn: service.arn }),
        mayReadPolicy: await policyAccess({ authorizer, credentials, index }),
      }),
    );
  });

  router.get('/services/:serviceId/outcomes', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { from, to, step, ...filter } = parse(outcomesQuerySchema, req.query);
    const { service } = await findService(credentials, req.params.serviceId);
    res.json(
      await map.outcomes({
        filter: { ...filter, serviceArn: service.arn },
        range: rangeOf({ from, to, now: Date.now() }),
        step,
        // It was found for the viewer.
        allows: () => true,
      }),
    );
  });

  router.get('/services/:serviceId/callers', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { from, to, ...filter } = parse(callersQuerySchema, req.query);
    const { service, index } = await findService(
      credentials,
      req.params.serviceId,
    );
    res.json(
      await map.callersOf({
        filter: { ...filter, serviceArn: service.arn },
        range: rangeOf({ from, to, now: Date.now() }),
        // It was found for the viewer.
        allows: () => true,
        allowsDenied: await deniedRequestAccess({
          authorizer,
          credentials,
          index,
        }),
      }),
    );
  });

  router.get('/services/:serviceId/statement-use', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { from, to, ...filter } = parse(serviceStatementUseSchema, req.query);
    const { service, index } = await findService(
      credentials,
      req.params.serviceId,
    );
    const { view } = await statementUseViewer({
      authorizer,
      credentials,
      index,
      statementUse,
    });
    res.json(
      await view({
        layer: 'service',
        resource: service,
        range: { from, to },
        filter,
      }),
    );
  });

  return router;
}
