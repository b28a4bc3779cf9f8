import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { latticeAccessRequestCreatePermission } from '@lattice-portal/plugin-lattice-common';
import Router from 'express-promise-router';
import type { AccessRequestService } from '../accessRequests/AccessRequestService';
import { readAccessRequests } from '../authorization/accessKinds';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import { toAccessRequestResource } from '../authorization/permissionResources';
import type { DeniedRequestStore } from '../database/DeniedRequestStore';
import type { EstateService } from '../estate/EstateService';
import { accessRequestViewer } from './accessRequestViewer';
import { audited } from './audited';
import {
  actionBodySchema,
  actionSchema,
  newAccessRequestSchema,
  parse,
  previewSchema,
} from './parse';

/** Whoever asks is a person: a plugin asks on behalf of one. */
const usersOnly = { allow: ['user'] as ['user'] };

/**
 * `/access-requests`.
 */
export function createAccessRequestsRouter(options: {
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  auditor: AuditorService;
  authorizer: LatticeAuthorizer;
  estate: EstateService;
  denied: DeniedRequestStore;
  accessRequests: AccessRequestService;
}) {
  const { httpAuth, auditor, authorizer, accessRequests } = options;
  const router = Router();

  const viewerOf = (credentials: BackstageCredentials) =>
    accessRequestViewer({ ...options, credentials });

  /** A request the viewer may not see is as if it were not there. */
  async function find(credentials: BackstageCredentials, id: string) {
    const access = await authorizer.require(credentials, readAccessRequests);
    const stored = await accessRequests.get({ id });
    if (!access.allows(toAccessRequestResource(stored.request))) {
      throw new NotFoundError(`There is no access request ${id}`);
    }
    return stored;
  }

  router.get('/access-requests', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { criteria } = await authorizer.require(
      credentials,
      readAccessRequests,
    );
    const stored = await accessRequests.list({ criteria });
    const { view } = await viewerOf(credentials);
    res.json({ items: stored.map(({ request }) => view(request)) });
  });

  router.post('/access-requests/preview', async (req, res) => {
    const credentials = await httpAuth.credentials(req, usersOnly);
    await authorizer.requireBasic(
      credentials,
      latticeAccessRequestCreatePermission,
    );
    const { user, asked, viewPreview } = await viewerOf(credentials);
    const request = await asked(parse(previewSchema, req.body));
    const preview = await accessRequests.preview(request, user);
    res.json(viewPreview(preview, request));
  });

  router.post('/access-requests', async (req, res) => {
    const credentials = await httpAuth.credentials(req, usersOnly);
    await authorizer.requireBasic(
      credentials,
      latticeAccessRequestCreatePermission,
    );
    const { user, asked, view } = await viewerOf(credentials);
    const request = await asked(parse(newAccessRequestSchema, req.body));
    const { callerId, serviceArn } = request;
    const { request: created } = await audited({
      auditor,
      req,
      eventId: 'access-request-create',
      meta: { callerId, serviceArn },
      work: () => accessRequests.create(request, user),
    });
    res.status(201).json(view(created));
  });

  router.get('/access-requests/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { request } = await find(credentials, req.params.id);
    const { view } = await viewerOf(credentials);
    res.json(view(request));
  });

  router.post('/access-requests/:id/:action', async (req, res) => {
    const credentials = await httpAuth.credentials(req, usersOnly);
    const { action } = parse(actionSchema, req.params);
    const { comment } = parse(actionBodySchema, req.body);
    const stored = await find(credentials, req.params.id);
    const { actorFor, view } = await viewerOf(credentials);
    const actor = actorFor(stored.request);
    const { request } = await audited({
      auditor,
      req,
      eventId: `access-request-${action}`,
      meta: { id: stored.request.id },
      work: () => accessRequests.act(stored, { action, actor, comment }),
    });
    res.json(view(request));
  });

  return router;
}
