import type {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';
import {
  readAccessRequests,
  readDeniedRequests,
} from '../authorization/accessKinds';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import {
  partiesOfDenied,
  toDeniedRequestResource,
  toInvolvedParties,
} from '../authorization/permissionResources';
import { policyAccess } from '../authorization/viewerAccess';
import type { AccessRequestStore } from '../database/AccessRequestStore';
import type { DenialService } from '../denials/DenialService';
import { fromCursor } from '../denials/denialCursor';
import type { EstateService } from '../estate/EstateService';
import { rangeOf } from '../map/timeWindow';
import { denialPageSchema, parse } from './parse';

/**
 * `/denial-causes` and `/denied-requests`.
 */
export function createDenialsRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: LatticeAuthorizer;
  estate: EstateService;
  denials: DenialService;
  accessRequests: AccessRequestStore;
}) {
  const { httpAuth, authorizer, estate, denials, accessRequests } = options;
  const router = Router();

  /** What a list is asked for with, by what the viewer may see. */
  async function askedBy(credentials: BackstageCredentials) {
    const { criteria } = await authorizer.require(
      credentials,
      readDeniedRequests,
    );
    const index = await estate.current();
    if (!criteria) {
      return { index };
    }
    const serviceArns = await denials.serviceArns(index);
    return {
      index,
      criteria: toInvolvedParties(criteria, { index, serviceArns }),
    };
  }

  router.get('/denial-causes', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const asked = await askedBy(credentials);
    res.json(await denials.causes({ ...toQuery(req.query), ...asked }));
  });

  router.get('/denied-requests', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const asked = await askedBy(credentials);
    res.json(await denials.list({ ...toQuery(req.query), ...asked }));
  });

  router.get('/denied-requests/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const access = await authorizer.require(credentials, readDeniedRequests);
    const { id } = req.params;
    const stored = await denials.get({ id });
    const index = await estate.current();
    if (
      !access.allows(toDeniedRequestResource(partiesOfDenied(stored), index))
    ) {
      throw new NotFoundError(`There is no denied request ${id}`);
    }
    const mayRead = await policyAccess({ authorizer, credentials, index });
    const requests = await authorizer.of(credentials, readAccessRequests);
    const related = requests
      ? await accessRequests.list({ criteria: requests.criteria })
      : [];
    res.json({
      ...(await denials.explain(stored, { mayRead })),
      accessRequestIds: related
        .filter(
          ({ request }) =>
            request.callerId === stored.callerId &&
            request.serviceArn === stored.record.serviceArn,
        )
        .map(({ request }) => request.id),
    });
  });

  return router;
}

/** What is asked for of a list of pages. */
function toQuery(query: unknown) {
  const { from, to, cursor, limit, ...filter } = parse(denialPageSchema, query);
  return {
    range: rangeOf({ from, to, now: Date.now() }),
    filter,
    after: cursor ? fromCursor(cursor) : undefined,
    limit,
  };
}
