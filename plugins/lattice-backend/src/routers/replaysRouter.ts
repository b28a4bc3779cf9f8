import type {
  BackstageCredentials,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';
import type { AccessRequestService } from '../accessRequests/AccessRequestService';
import { readAccessRequests } from '../authorization/accessKinds';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import { toAccessRequestResource } from '../authorization/permissionResources';
import type { AccessRequestRecord } from '../database/AccessRequestStore';
import type { StoredReplay } from '../database/ReplayStore';
import type { EstateService } from '../estate/EstateService';
import { changesDigest, type ReplayService } from '../replay/ReplayService';
import { newReplaySchema, parse } from './parse';
import { replayViewer } from './replayViewer';

/** Whoever asks is a person: each has one replay at a time. */
const usersOnly = { allow: ['user'] as ['user'] };

/**
 * `/replays`, and those of an access request. Goes before the router of access requests, which takes what
 * follows an id for an action.
 */
export function createReplaysRouter(options: {
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  authorizer: LatticeAuthorizer;
  estate: EstateService;
  accessRequests: AccessRequestService;
  replays: ReplayService;
}) {
  const { httpAuth, userInfo, authorizer, accessRequests, replays } = options;
  const router = Router();

  /** What the viewer may not see is as if it were not there. */
  async function requestOf(credentials: BackstageCredentials, id: string) {
    const access = await authorizer.require(credentials, readAccessRequests);
    const { request } = await accessRequests.get({ id });
    if (!access.allows(toAccessRequestResource(request))) {
      throw new NotFoundError(`There is no access request ${id}`);
    }
    return request;
  }

  async function find(credentials: BackstageCredentials, id: string) {
    const replay = await replays.get({ id });
    const request =
      replay &&
      (await requestOf(credentials, replay.accessRequestId).catch(error => {
        if (error.name === 'NotFoundError') {
          return undefined;
        }
        throw error;
      }));
    if (!request) {
      throw new NotFoundError(`There is no replay ${id}`);
    }
    return { replay, request };
  }

  async function userOf(credentials: BackstageCredentials): Promise<string> {
    return (await userInfo.getUserInfo(credentials)).userEntityRef;
  }

  async function viewOf(credentials: BackstageCredentials) {
    const { view } = await replayViewer({ ...options, credentials });
    const user = await userOf(credentials);
    return async (
      replay: StoredReplay,
      request: AccessRequestRecord,
      shown: { withResult: boolean },
    ) =>
      view(replay, {
        isOwn: replay.askedBy === user,
        outdated: replay.digest !== changesDigest(request.changes),
        result: shown.withResult ? await replays.result(replay) : undefined,
      });
  }

  router.get('/access-requests/:id/replays', async (req, res) => {
    const credentials = await httpAuth.credentials(req, usersOnly);
    const request = await requestOf(credentials, req.params.id);
    const view = await viewOf(credentials);
    const found = await replays.list({ accessRequestId: request.id });
    res.json({
      items: await Promise.all(
        found.map(replay => view(replay, request, { withResult: false })),
      ),
      unavailable: replays.unavailable,
    });
  });

  router.post('/access-requests/:id/replays', async (req, res) => {
    const credentials = await httpAuth.credentials(req, usersOnly);
    const { hours } = parse(newReplaySchema, req.body);
    const request = await requestOf(credentials, req.params.id);
    const askedBy = await userOf(credentials);
    const replay = await replays.start({ request, hours, askedBy });
    const view = await viewOf(credentials);
    res.status(201).json(await view(replay, request, { withResult: false }));
  });

  router.get('/replays/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, usersOnly);
    const { replay, request } = await find(credentials, req.params.id);
    const view = await viewOf(credentials);
    res.json(await view(replay, request, { withResult: true }));
  });

  router.post('/replays/:id/cancel', async (req, res) => {
    const credentials = await httpAuth.credentials(req, usersOnly);
    const { replay, request } = await find(credentials, req.params.id);
    if (replay.askedBy !== (await userOf(credentials))) {
      throw new NotAllowedError('Only who started a replay may cancel it');
    }
    await replays.cancel({ id: replay.id });
    const view = await viewOf(credentials);
    const now = (await replays.get({ id: replay.id })) ?? replay;
    res.json(await view(now, request, { withResult: false }));
  });

  return router;
}
