import type {
  BackstageCredentials,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { latticeServiceCreatePermission } from '@lattice-portal/plugin-lattice-common';
import type {
  ProvisioningReader,
  ReadPlace,
} from '@lattice-portal/plugin-lattice-node';
import type { Request } from 'express';
import Router from 'express-promise-router';
import { readServices } from '../authorization/accessKinds';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import { serviceAccess } from '../authorization/viewerAccess';
import type { EstateService } from '../estate/EstateService';
import type {
  ProvisioningService,
  ProvisioningViewer,
} from '../provisioning/ProvisioningService';
import {
  parse,
  provisioningPlaceSchema,
  provisioningPlanSchema,
  subnetsQuerySchema,
} from './parse';

/**
 * `/provisioning`: what a form may offer for something new, and what would be refused.
 */
export function createProvisioningRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: LatticeAuthorizer;
  userInfo: UserInfoService;
  estate: EstateService;
  provisioning: ProvisioningService;
}) {
  const { httpAuth, authorizer, userInfo, estate, provisioning } = options;
  const router = Router();

  async function viewerOf(req: Request<any, any, any, any>) {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await authorizer.require(credentials, readServices);
    await authorizer.requireBasic(credentials, latticeServiceCreatePermission);
    return toViewer(credentials);
  }

  async function toViewer(
    credentials: BackstageCredentials,
  ): Promise<ProvisioningViewer> {
    const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
    const index = await estate.current();
    return {
      claims: ownershipEntityRefs,
      maySee: await serviceAccess({ authorizer, credentials, index }),
    };
  }

  /** What an account holds is for those who may build there. */
  async function enter(
    viewer: ProvisioningViewer,
    query: { accountId: string; region?: string },
  ): Promise<ReadPlace> {
    const { accountId } = query;
    const refusal = await provisioning.refusal({ viewer, accountId });
    if (refusal) {
      throw new NotAllowedError(refusal);
    }
    return provisioning.placeOf(query);
  }

  /** A list that is read from AWS as it is now. */
  function serve<T>(
    path: string,
    ask: (reader: ProvisioningReader, place: ReadPlace) => Promise<T[]>,
  ) {
    router.get(path, async (req, res) => {
      const viewer = await viewerOf(req);
      const query = parse(provisioningPlaceSchema, req.query);
      const place = await enter(viewer, query);
      res.json(await provisioning.read(reader => ask(reader, place)));
    });
  }

  router.get('/provisioning/accounts', async (req, res) => {
    const viewer = await viewerOf(req);
    res.json({ items: await provisioning.accounts(viewer) });
  });

  serve('/provisioning/networks', (reader, place) => reader.networks(place));
  serve('/provisioning/vpcs', (reader, place) => reader.vpcs(place));
  serve('/provisioning/prefix-lists', (reader, place) =>
    reader.prefixLists(place),
  );
  serve('/provisioning/certificates', (reader, place) =>
    reader.certificates(place),
  );
  serve('/provisioning/hosted-zones', (reader, place) =>
    reader.hostedZones(place),
  );

  router.get('/provisioning/subnets', async (req, res) => {
    const viewer = await viewerOf(req);
    const { vpcId, ...query } = parse(subnetsQuerySchema, req.query);
    const place = await enter(viewer, query);
    res.json(
      await provisioning.read(reader => reader.subnets({ ...place, vpcId })),
    );
  });

  router.get('/provisioning/log-destinations', async (req, res) => {
    const viewer = await viewerOf(req);
    const query = parse(provisioningPlaceSchema, req.query);
    const place = await enter(viewer, query);
    res.json(await provisioning.logDestinations({ viewer, place }));
  });

  router.post('/provisioning/review', async (req, res) => {
    const viewer = await viewerOf(req);
    const plan = parse(provisioningPlanSchema, req.body);
    res.json(await provisioning.review({ viewer, plan }));
  });

  return router;
}
