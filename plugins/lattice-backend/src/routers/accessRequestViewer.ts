import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type {
  AccessRequest,
  AccessRequestPreview,
  NewAccessRequest,
} from '@lattice-portal/plugin-lattice-common';
import { type Actor, permittedActions } from '../accessRequests/transitions';
import { decideAccessRequests } from '../authorization/accessKinds';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import {
  partiesOfDenied,
  toAccessRequestResource,
} from '../authorization/permissionResources';
import {
  deniedRequestAccess,
  policyAccess,
  serviceAccess,
} from '../authorization/viewerAccess';
import {
  withoutChangedDocuments,
  withoutConditions,
} from '../authorization/withoutDocuments';
import type { AccessRequestRecord } from '../database/AccessRequestStore';
import type { DeniedRequestStore } from '../database/DeniedRequestStore';
import type { EstateService } from '../estate/EstateService';

/**
 * One viewer of access requests: what they may do, and what they may be shown.
 */
export async function accessRequestViewer(options: {
  authorizer: LatticeAuthorizer;
  credentials: BackstageCredentials;
  estate: EstateService;
  denied: DeniedRequestStore;
  userInfo: UserInfoService;
}) {
  const { authorizer, credentials, denied } = options;
  const index = await options.estate.current();
  const asking = { authorizer, credentials, index };
  const mayRead = await policyAccess(asking);
  const decide = await authorizer.of(credentials, decideAccessRequests);
  const user = { ...(await userOf(options)), mayRead };

  const actorFor = (request: AccessRequestRecord): Actor => ({
    ...user,
    mayDecide: decide?.allows(toAccessRequestResource(request)) ?? false,
  });

  const visible = <T extends AccessRequestPreview | AccessRequestRecord>(
    shown: T,
    serviceArn: string,
  ): T => {
    const arns = [serviceArn, ...index.networksOfService(serviceArn)];
    return {
      ...shown,
      changes: withoutChangedDocuments(shown.changes, { mayRead }),
      effect: withoutConditions(shown.effect, {
        mayReadAll: arns.every(mayRead),
      }),
    };
  };

  return {
    user,
    actorFor,
    view: (request: AccessRequestRecord): AccessRequest => ({
      ...visible(request, request.serviceArn),
      permitted: permittedActions(request, actorFor(request)),
    }),
    viewPreview: (
      preview: AccessRequestPreview,
      { serviceArn }: NewAccessRequest,
    ): AccessRequestPreview => visible(preview, serviceArn),
    /**
     * What is asked as far as the asker may see it: a denied request that they may not read is as if it
     * were not there.
     *
     * @throws InputError when the asker may not see the service
     */
    asked: async (request: NewAccessRequest): Promise<NewAccessRequest> => {
      const { serviceArn, deniedRequestId } = request;
      const maySee = await serviceAccess(asking);
      if (!maySee(serviceArn)) {
        throw new InputError(`There is no service ${serviceArn} in the estate`);
      }
      const stored = deniedRequestId
        ? await denied.get({ id: deniedRequestId })
        : undefined;
      const mayReadDenied = await deniedRequestAccess(asking);
      return stored && mayReadDenied(partiesOfDenied(stored))
        ? request
        : { ...request, deniedRequestId: undefined };
    },
  };
}

async function userOf(options: {
  credentials: BackstageCredentials;
  userInfo: UserInfoService;
}): Promise<Pick<Actor, 'userRef' | 'claims'>> {
  const { credentials, userInfo } = options;
  const principal = credentials.principal as BackstageUserPrincipal;
  if (principal.type !== 'user') {
    return { userRef: '', claims: [] };
  }
  const info = await userInfo.getUserInfo(credentials);
  return {
    userRef: info.userEntityRef,
    claims: [info.userEntityRef, ...info.ownershipEntityRefs],
  };
}
