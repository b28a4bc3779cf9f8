import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type PermissionCriteria,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type PermissionResourceRef,
} from '@backstage/plugin-permission-node';

/**
 * What one viewer may see of one kind of thing.
 */
export interface Access<TResource, TQuery> {
  /** Whether the viewer may see all there is. */
  all: boolean;
  allows(resource: TResource): boolean;
  /** What to select by. Absent: all. */
  criteria?: PermissionCriteria<TQuery>;
}

/**
 * Asks the permission framework. Every answer is for one viewer and one request.
 */
export class LatticeAuthorizer {
  static create(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }): LatticeAuthorizer {
    return new LatticeAuthorizer(options);
  }

  private constructor(
    private readonly options: Parameters<typeof LatticeAuthorizer.create>[0],
  ) {}

  /**
   * @throws NotAllowedError when the viewer may see nothing of the kind
   */
  async require<TResource, TQuery, TType extends string>(
    credentials: BackstageCredentials,
    options: {
      permission: ResourcePermission<TType>;
      resourceRef: PermissionResourceRef<TResource, TQuery, TType>;
    },
  ): Promise<Access<TResource, TQuery>> {
    const access = await this.of(credentials, options);
    if (!access) {
      throw new NotAllowedError(
        `Permission ${options.permission.name} is needed`,
      );
    }
    return access;
  }

  /** Absent: the viewer may see nothing of the kind. */
  async of<TResource, TQuery, TType extends string>(
    credentials: BackstageCredentials,
    options: {
      permission: ResourcePermission<TType>;
      resourceRef: PermissionResourceRef<TResource, TQuery, TType>;
    },
  ): Promise<Access<TResource, TQuery> | undefined> {
    const { permission, resourceRef } = options;
    const [decision] = await this.options.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) {
      return { all: true, allows: () => true };
    }
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return undefined;
    }
    const ruleset =
      this.options.permissionsRegistry.getPermissionRuleset(resourceRef);
    const authorize = createConditionAuthorizer<TResource>(ruleset);
    return {
      all: false,
      allows: resource => authorize(decision, resource),
      criteria: createConditionTransformer<TQuery>(ruleset)(
        decision.conditions,
      ),
    };
  }

  /**
   * @throws NotAllowedError when the viewer lacks the permission
   */
  async requireBasic(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    if (!(await this.allowsBasic(credentials, permission))) {
      throw new NotAllowedError(`Permission ${permission.name} is needed`);
    }
  }

  /** Whether the viewer has a permission. */
  async allowsBasic(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }
}
