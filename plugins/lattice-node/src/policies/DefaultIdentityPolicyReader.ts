import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { stringifyError } from '@backstage/errors';
import type { AwsAccess } from '../aws/AwsAccess';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import type { LatticeConfig } from '../config/LatticeConfig';
import { allItems } from '../estate/EstateReading';
import type { IdentityPolicyReader } from '../ports/IdentityPolicyReader';

/**
 * Reads a role's inline and attached policies, with the reader role of the role's account.
 *
 * @remarks
 * All or nothing: a policy that is left out could turn the verdict.
 *
 * @public
 */
export class DefaultIdentityPolicyReader implements IdentityPolicyReader {
  static create(options: {
    aws: AwsAccess;
    config: LatticeConfig;
  }): DefaultIdentityPolicyReader {
    return new DefaultIdentityPolicyReader(options.aws, options.config);
  }

  private constructor(
    private readonly aws: AwsAccess,
    private readonly config: LatticeConfig,
  ) {}

  async read(options: {
    roleArn: string;
  }): Promise<{ policies: unknown[] } | { unreadable: string }> {
    const arn = parseArn(options.roleArn);
    const roleName = arn?.resource.match(/^role\/(?:[^/]+\/)*([^/]+)$/)?.[1];
    if (arn?.service !== 'iam' || !roleName) {
      return { unreadable: `${options.roleArn} is not a role` };
    }
    const { accountId } = arn;
    const account = this.config.accounts.find(
      candidate => candidate.accountId === accountId,
    );
    if (!account) {
      return {
        unreadable: `Account ${accountId} is not among the accounts the portal reads`,
      };
    }
    try {
      const client = this.aws.client({
        type: IAMClient,
        accountId,
        region: account.regions[0],
        role: 'reader',
      });
      const [inline, attached] = await Promise.all([
        readInline(client, roleName),
        readAttached(client, roleName),
      ]);
      return { policies: [...inline, ...attached] };
    } catch (error) {
      return { unreadable: stringifyError(error) };
    }
  }
}

async function readInline(
  client: IAMClient,
  roleName: string,
): Promise<string[]> {
  const names = await allItems(
    paginateListRolePolicies({ client }, { RoleName: roleName }),
    page => page.PolicyNames,
  );
  return Promise.all(
    names.map(async name => {
      const { PolicyDocument } = await client.send(
        new GetRolePolicyCommand({ RoleName: roleName, PolicyName: name }),
      );
      return decodeDocument(PolicyDocument);
    }),
  );
}

async function readAttached(
  client: IAMClient,
  roleName: string,
): Promise<string[]> {
  const attached = await allItems(
    paginateListAttachedRolePolicies({ client }, { RoleName: roleName }),
    page => page.AttachedPolicies,
  );
  return Promise.all(
    attached.map(async ({ PolicyArn }) => {
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
      const { PolicyVersion } = await client.send(
        new GetPolicyVersionCommand({
          PolicyArn,
          VersionId: Policy?.DefaultVersionId,
        }),
      );
      return decodeDocument(PolicyVersion?.Document);
    }),
  );
}

/** IAM gives documents URL-encoded. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
function decodeDocument(encoded: string | undefined): string {
  if (!encoded) {
    throw new Error('IAM gave a policy without its document');
  }
  return decodeURIComponent(encoded);
}
