import { z } from 'zod';

const tagOptionsSchema = z.record(
  z.string().min(1).max(128),
  z.array(z.string().min(1).max(256)).min(1),
);

const shareSchema = z.strictObject({
  organization: z.boolean().default(false),
  organizationalUnits: z.array(z.string().regex(/^ou-[a-z0-9-]+$/)).default([]),
  accounts: z.array(z.string().regex(/^\d{12}$/)).default([]),
});

const portfolioSchema = z.strictObject({
  name: z.string().min(1).max(100),
  description: z.string().max(2000).default(''),
  /** ARNs, or ARNs without account for IAM_PATTERN. */
  principals: z.array(z.string().startsWith('arn:')).default([]),
  share: shareSchema.prefault({}),
  tagOptions: tagOptionsSchema.default({}),
});

/** The contents of the settings file. */
export const publishSettingsSchema = z.strictObject({
  provider: z.string().min(1).max(50),
  templateBucket: z.string().min(3).max(63).optional(),
  launchRoles: z.strictObject({
    assume: z.string().optional(),
    accounts: z
      .union([z.literal('organization'), z.array(z.string().regex(/^\d{12}$/))])
      .default([]),
  }),
  portfolios: z.record(z.string(), portfolioSchema),
});

/**
 * How products are offered: everything about them that is a matter of the company, not of the
 * template.
 *
 * @public
 */
export interface PublishSettings {
  /** Who provides the products, as the catalog shows it. */
  provider: string;
  /** Bucket the templates are put in. Default: `lattice-portal-products-<account>-<region>`. */
  templateBucket?: string;
  launchRoles: {
    /** Role that is assumed in each account to make the launch roles there. */
    assume?: string;
    /** Accounts that get launch roles: all of the organization, or some; none when others make them. */
    accounts: 'organization' | string[];
  };
  /** By the key that `product.yaml` files name. */
  portfolios: Record<string, PortfolioSettings>;
}

/**
 * A portfolio, who may use it and with what tags.
 *
 * @public
 */
export interface PortfolioSettings {
  name: string;
  description: string;
  /** ARNs of roles, users or groups; without account they count in every account it is shared with. */
  principals: string[];
  share: {
    organization: boolean;
    /** Ids, `ou-…`. */
    organizationalUnits: string[];
    /** Ids of accounts outside the organization, each of which accepts the portfolio itself. */
    accounts: string[];
  };
  /** Values by key. A key with one value is put on every product; of several, one is chosen. */
  tagOptions: Record<string, string[]>;
}
