import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotFoundError, toError } from '@backstage/errors';
import { latticeAccessRequestCreatePermission } from '@lattice-portal/plugin-lattice-common';
import type { Request } from 'express';
import Router from 'express-promise-router';
import type { AccessRequestService } from '../accessRequests/AccessRequestService';
import { readAccessRequests } from '../authorization/accessKinds';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import { toAccessRequestResource } from '../authorization/permissionResources';
import type { DeniedRequestStore } from '../database/DeniedRequestStore';
import type { EstateService } from '../estate/EstateService';
import { accessRequestViewer } from './accessRequestViewer';
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
  const { httpAuth, authorizer, accessRequests } = options;
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

  async function audited<T>(
    req: Request,
    eventId: string,
    meta: Record<string, string>,
    work: () => Promise<T>,
  ): Promise<T> {
    const event = await options.auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      request: req,
      meta,
    });
    try {
      const result = await work();
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
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
    const { request: created } = await audited(
      req,
      'access-request-create',
      { callerId, serviceArn },
      () => accessRequests.create(request, user),
    );
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
    const { request } = await audited(
      req,
      `access-request-${action}`,
      { id: stored.request.id },
      () => accessRequests.act(stored, { action, actor, comment }),
    );
    res.json(view(request));
  });

  return router;
}
