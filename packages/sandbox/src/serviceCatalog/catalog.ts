/** A set of products. Keyed by id. */
export interface Portfolio {
  /** `port-…` */
  id: string;
  accountId: string;
  region: string;
  displayName: string;
  description?: string;
  providerName: string;
  productIds: string[];
  tags: Record<string, string>;
  token?: string;
  createdAt: string;
}

/**
 * With whom a portfolio is shared. Keyed `portfolio/type/principalId`.
 * {@link https://docs.aws.amazon.com/servicecatalog/latest/adminguide/catalogs_portfolios_sharing_how-to-share.html}
 */
export interface PortfolioShare {
  portfolioId: string;
  /**
   * `ACCOUNT`: an account that has to accept it. The others go through AWS Organizations, and need no
   * acceptance.
   */
  type:
    | 'ACCOUNT'
    | 'ORGANIZATION_MEMBER_ACCOUNT'
    | 'ORGANIZATIONAL_UNIT'
    | 'ORGANIZATION';
  /** Id of the account, the organizational unit, or the organization. */
  principalId: string;
  isAccepted: boolean;
  shareTagOptions: boolean;
  sharePrincipals: boolean;
  /** By which the owner asks how far the sharing has come. */
  token: string;
}

/** Who of an account may use a portfolio. Keyed `account/portfolio/arn`. */
export interface PrincipalAssociation {
  /** The account that associated it: the portfolio's owner, or one it is shared with. */
  accountId: string;
  portfolioId: string;
  arn: string;
  /** `IAM_PATTERN`: an ARN without account, perhaps with wildcards. */
  type: 'IAM' | 'IAM_PATTERN';
}

/** A tag that products may, or must, be provisioned with. Keyed by id. */
export interface TagOption {
  /** `tag-…` */
  id: string;
  accountId: string;
  region: string;
  key: string;
  value: string;
  isActive: boolean;
}

/** Keyed `resource/tagOption`. */
export interface TagOptionAssociation {
  /** A portfolio or a product. */
  resourceId: string;
  tagOptionId: string;
}

/** A version of a product. */
export interface ProvisioningArtifact {
  /** `pa-…` */
  id: string;
  name: string;
  description?: string;
  templateBody: string;
  templateUrl?: string;
  /** Inactive ones can't be provisioned or updated to. */
  isActive: boolean;
  /** Deprecated ones can't be provisioned anew; what was provisioned from them can be changed. */
  guidance: 'DEFAULT' | 'DEPRECATED';
  token?: string;
  createdAt: string;
}

/** Something teams can provision. Keyed by id. */
export interface Product {
  /** `prod-…` */
  id: string;
  accountId: string;
  region: string;
  name: string;
  owner: string;
  description?: string;
  distributor?: string;
  supportDescription?: string;
  supportEmail?: string;
  supportUrl?: string;
  tags: Record<string, string>;
  /** Oldest first. */
  artifacts: ProvisioningArtifact[];
  token?: string;
  createdAt: string;
}

/** What applies to a product launched through a portfolio. Keyed by id. */
export interface Constraint {
  /** `cons-…` */
  id: string;
  accountId: string;
  portfolioId: string;
  productId: string;
  description?: string;
  rule: ConstraintRule;
  token?: string;
  createdAt: string;
}

/** What a constraint says, of the types the sandbox knows. */
export type ConstraintRule =
  /** With what role the product is launched: exactly one of the two is there. */
  | { type: 'LAUNCH'; roleArn?: string; localRoleName?: string }
  /** Whether tags may change with an update. */
  | { type: 'RESOURCE_UPDATE'; allowsTagUpdates: boolean };

/** What came of launching a product. Keyed by id. */
export interface ProvisionedProduct {
  /** `pp-…` */
  id: string;
  arn: string;
  accountId: string;
  region: string;
  name: string;
  status:
    | 'AVAILABLE'
    | 'UNDER_CHANGE'
    | 'TAINTED'
    | 'ERROR'
    | 'PLAN_IN_PROGRESS';
  statusMessage?: string;
  productId: string;
  productName: string;
  artifactId: string;
  artifactName: string;
  pathId: string;
  launchRoleArn?: string;
  /** Absent until its stack was begun. */
  stackId?: string;
  tags: Record<string, string>;
  token: string;
  principalArn: string;
  /** Absent while it only has a plan. */
  lastRecordId?: string;
  lastProvisioningRecordId?: string;
  lastSuccessfulProvisioningRecordId?: string;
  createdAt: string;
}

export type RecordStatus =
  | 'CREATED'
  | 'IN_PROGRESS'
  | 'IN_PROGRESS_IN_ERROR'
  | 'SUCCEEDED'
  | 'FAILED';

/** A request to provision, update or terminate, and how far it has come. Keyed by id. */
export interface CatalogRecord {
  /** `rec-…` */
  id: string;
  accountId: string;
  region: string;
  type:
    | 'PROVISION_PRODUCT'
    | 'UPDATE_PROVISIONED_PRODUCT'
    | 'TERMINATE_PROVISIONED_PRODUCT';
  status: RecordStatus;
  token: string;
  provisionedProductId: string;
  provisionedProductName: string;
  productId: string;
  artifactId: string;
  pathId: string;
  launchRoleArn?: string;
  tags: Record<string, string>;
  /** All values, for taking up a request that a stop of the sandbox interrupted, and for updates. */
  parameters: Record<string, string>;
  /** As whom it acts without a launch role. */
  principalArn: string;
  /** The change set to execute, when a plan stands behind it. */
  changeSetId?: string;
  ignoreErrors?: boolean;
  retainResources?: boolean;
  errors: { code: string; description: string }[];
  outputs: { key: string; value: string; description?: string }[];
  createdAt: string;
  updatedAt: string;
}

/** What provisioning or updating a product would change, to be looked at first. Keyed by id. */
export interface Plan {
  /** `plan-…` */
  id: string;
  name: string;
  accountId: string;
  region: string;
  status: 'CREATE_IN_PROGRESS' | 'CREATE_SUCCESS' | 'CREATE_FAILED';
  statusMessage?: string;
  /** Whether the provisioned product is there for the plan only. */
  isNew: boolean;
  provisionedProductId: string;
  provisionedProductName: string;
  productId: string;
  artifactId: string;
  pathId: string;
  launchRoleArn?: string;
  tags: Record<string, string>;
  /** All values; what was given is among them. */
  parameters: Record<string, string>;
  principalArn: string;
  notificationArns: string[];
  changeSetId?: string;
  /** Of the change set, as CloudFormation gives them. */
  changes: Record<string, any>[];
  /** The record of its execution. */
  recordId?: string;
  token: string;
  createdAt: string;
  updatedAt: string;
}
