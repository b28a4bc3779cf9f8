import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
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
import type { StatementUseService } from '../statementUse/StatementUseService';
import { networkStatementUseSchema, parse, rolesQuerySchema } from './parse';
import { statementUseViewer } from './statementUseViewer';

/**
 * `/estate`, `/service-networks`, `/accounts`, `/roles` and `/callers`.
 */
export function createEstateRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: LatticeAuthorizer;
  estate: EstateService;
  traffic: TrafficStore;
  statementUse: StatementUseService;
}) {
  const { httpAuth, authorizer, estate, traffic, statementUse } = options;
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

  router.get('/service-networks/:networkId/statement-use', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    await authorizer.require(credentials, readServices);
    const { from, to, ...filter } = parse(networkStatementUseSchema, req.query);
    const index = await estate.current();
    const { networkId } = req.params;
    const network = [...index.serviceNetworks.values()].find(
      ({ id, arn }) => id === networkId || arn === networkId,
    );
    if (!network) {
      throw new NotFoundError(`There is no service network ${networkId}`);
    }
    const { view } = await statementUseViewer({
      authorizer,
      credentials,
      index,
      statementUse,
    });
    res.json(
      await view({
        layer: 'network',
        resource: network,
        range: { from, to },
        filter,
      }),
    );
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
