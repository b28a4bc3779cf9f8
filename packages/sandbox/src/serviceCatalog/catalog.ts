/** A set of products shared with accounts. Keyed by id. */
export interface Portfolio {
  /** `port-…` */
  id: string;
  accountId: string;
  region: string;
  displayName: string;
  description?: string;
  providerName: string;
  productIds: string[];
  /** Accounts that may launch its products besides the owner; `*` is every account of the organization. */
  sharedWith: string[];
  createdAt: string;
}

/** A version of a product. */
export interface ProvisioningArtifact {
  /** `pa-…` */
  id: string;
  name: string;
  description?: string;
  templateBody: string;
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
  /** Oldest first. */
  artifacts: ProvisioningArtifact[];
  createdAt: string;
}

/** With what role a product of a portfolio is launched. Keyed by id. */
export interface LaunchConstraint {
  /** `cons-…` */
  id: string;
  accountId: string;
  portfolioId: string;
  productId: string;
  description?: string;
  /** Exactly one of them. */
  roleArn?: string;
  localRoleName?: string;
}

/** What came of launching a product. Keyed by id. */
export interface ProvisionedProduct {
  /** `pp-…` */
  id: string;
  arn: string;
  accountId: string;
  region: string;
  name: string;
  status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED' | 'ERROR';
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
  lastRecordId: string;
  lastProvisioningRecordId: string;
  lastSuccessfulProvisioningRecordId?: string;
  createdAt: string;
}

export type RecordStatus =
  | 'CREATED'
  | 'IN_PROGRESS'
  | 'IN_PROGRESS_IN_ERROR'
  | 'SUCCEEDED'
  | 'FAILED';

/** A request to provision or terminate, and how far it has come. Keyed by id. */
export interface CatalogRecord {
  /** `rec-…` */
  id: string;
  accountId: string;
  region: string;
  type: 'PROVISION_PRODUCT' | 'TERMINATE_PROVISIONED_PRODUCT';
  status: RecordStatus;
  token: string;
  provisionedProductId: string;
  provisionedProductName: string;
  productId: string;
  artifactId: string;
  pathId: string;
  launchRoleArn?: string;
  tags: Record<string, string>;
  /** For taking up a request that a stop of the sandbox interrupted. */
  parameters: Record<string, string>;
  /** As whom a termination acts. */
  principalArn: string;
  ignoreErrors?: boolean;
  retainResources?: boolean;
  errors: { code: string; description: string }[];
  outputs: { key: string; value: string; description?: string }[];
  createdAt: string;
  updatedAt: string;
}
