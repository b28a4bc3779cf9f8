import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  callerAccountId,
  callerName,
  type KnownCaller,
} from '@lattice-portal/plugin-lattice-common';
import Router from 'express-promise-router';
import { readPolicies, readServices } from '../authorization/accessKinds';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import type { TrafficStore } from '../database/TrafficStore';
import type { EstateService } from '../estate/EstateService';
import { toMapServiceNetworks } from '../map/toServiceMap';
import { parse, rolesQuerySchema } from './parse';

/**
 * `/estate`, `/service-networks`, `/accounts`, `/roles` and `/callers`.
 */
export function createEstateRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: LatticeAuthorizer;
  estate: EstateService;
  traffic: TrafficStore;
}) {
  const { httpAuth, authorizer, estate, traffic } = options;
  const router = Router();

  router.get('/estate', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const services = await authorizer.of(credentials, readServices);
    const policies = await authorizer.of(credentials, readPolicies);
    if (!services?.all || !policies?.all) {
      throw new NotAllowedError(
        'The whole estate is for those who may read all services and policies',
      );
    }
    const { snapshots } = await estate.current();
    res.json({ snapshots });
  });

  router.get('/service-networks', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    await authorizer.require(credentials, readServices);
    res.json({ items: toMapServiceNetworks(await estate.current()) });
  });

  router.get('/accounts', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    await authorizer.require(credentials, readServices);
    const index = await estate.current();
    res.json({
      items: index.accounts.map(({ accountId, name, regions }) => ({
        accountId,
        name,
        owner: index.ownerOfAccount(accountId),
        regions,
      })),
    });
  });

  router.get('/roles', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    await authorizer.require(credentials, readServices);
    const { accountId } = parse(rolesQuerySchema, req.query);
    const index = await estate.current();
    res.json({
      items: index.roles.filter(role => role.accountId === accountId),
    });
  });

  router.get('/callers', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { allows } = await authorizer.require(credentials, readServices);
    const index = await estate.current();
    const recorded = await traffic.callers();
    const ids = new Set([
      ...recorded
        .filter(
          ({ callerKind, serviceArn }) =>
            callerKind === 'signed' &&
            allows({
              arn: serviceArn,
              owner: index.ownerOfResource(serviceArn),
            }),
        )
        .map(({ callerId }) => callerId),
      ...index.callerIds(),
    ]);
    const items: KnownCaller[] = [...ids].sort().map(id => {
      const accountId = callerAccountId(id);
      return {
        id,
        name: callerName(id),
        accountId,
        owner: index.ownerOfAccount(accountId),
      };
    });
    res.json({ items });
  });

  return router;
}
