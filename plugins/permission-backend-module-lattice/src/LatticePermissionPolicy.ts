import type { UserInfoService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  latticeAccessLogRecordReadPermission,
  latticeAccessRequestDecidePermission,
  latticeAccessRequestReadPermission,
  latticeDeniedRequestReadPermission,
  latticeLogSourceUpdatePermission,
  latticePolicyReadPermission,
  latticeUnparsedLineReadPermission,
} from '@lattice-portal/plugin-lattice-common';
import {
  createLatticeAccessLogRecordConditionalDecision,
  createLatticeAccessRequestConditionalDecision,
  createLatticeDeniedRequestConditionalDecision,
  createLatticeServiceConditionalDecision,
  latticeAccessLogRecordConditions,
  latticeAccessRequestConditions,
  latticeDeniedRequestConditions,
  latticeServiceConditions,
} from '@lattice-portal/plugin-lattice-node';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Who may do what in the portal.
 *
 * @remarks
 * Whoever is not signed in may do nothing. The platform groups read everything and look after
 * the access logs, but decide only on documents they own. Everyone else reads the auth policies of their own
 * services, the denied requests, access log records and access requests that involve them, and decides on
 * changes of their own documents. What is no
 * matter of VPC Lattice, and the map, is open to everyone who is signed in.
 *
 * @public
 */
export class LatticePermissionPolicy implements PermissionPolicy {
  static create(options: {
    userInfo: UserInfoService;
    /** Entity references, in full. */
    platformGroups: string[];
  }): LatticePermissionPolicy {
    return new LatticePermissionPolicy(
      options.userInfo,
      options.platformGroups,
    );
  }

  private constructor(
    private readonly userInfo: UserInfoService,
    private readonly platformGroups: string[],
  ) {}

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return deny;
    }
    const { ownershipEntityRefs: claims } = await this.userInfo.getUserInfo(
      user.credentials,
    );
    const { permission } = request;
    // Being of the platform team is no approval: an owner has to agree to each change.
    if (isPermission(permission, latticeAccessRequestDecidePermission)) {
      return createLatticeAccessRequestConditionalDecision(
        permission,
        latticeAccessRequestConditions.isApprover({ claims }),
      );
    }
    if (claims.some(claim => this.platformGroups.includes(claim))) {
      return allow;
    }
    if (
      isPermission(permission, latticeLogSourceUpdatePermission) ||
      isPermission(permission, latticeUnparsedLineReadPermission)
    ) {
      return deny;
    }
    if (isPermission(permission, latticePolicyReadPermission)) {
      return createLatticeServiceConditionalDecision(
        permission,
        latticeServiceConditions.isOwnedBy({ claims }),
      );
    }
    if (isPermission(permission, latticeDeniedRequestReadPermission)) {
      return createLatticeDeniedRequestConditionalDecision(
        permission,
        latticeDeniedRequestConditions.involves({ claims }),
      );
    }
    if (isPermission(permission, latticeAccessLogRecordReadPermission)) {
      return createLatticeAccessLogRecordConditionalDecision(
        permission,
        latticeAccessLogRecordConditions.involves({ claims }),
      );
    }
    if (isPermission(permission, latticeAccessRequestReadPermission)) {
      return createLatticeAccessRequestConditionalDecision(
        permission,
        latticeAccessRequestConditions.involves({ claims }),
      );
    }
    return allow;
  }
}
