import {
  GetAuthPolicyCommand,
  PutAuthPolicyCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { ConflictError, InputError } from '@backstage/errors';
import type { AwsAccess, AwsAccessRole } from '../aws/AwsAccess';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import { isAwsError } from '../aws/isAwsError';
import type { AuthPolicyStore } from '../ports/AuthPolicyStore';
import { samePolicy } from './samePolicy';

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutAuthPolicy.html */
const longestDocument = 10_000;

/** Waits before each further try to read back what was written, in milliseconds. */
const readBackDelays = [0, 500, 1500];

/**
 * Reads auth policies with the reader role and puts them with the writer role.
 *
 * @public
 */
export class DefaultAuthPolicyStore implements AuthPolicyStore {
  static create(options: { aws: AwsAccess }): DefaultAuthPolicyStore {
    return new DefaultAuthPolicyStore(options.aws);
  }

  private constructor(private readonly aws: AwsAccess) {}

  async get(options: {
    resourceArn: string;
  }): Promise<{ document?: string; state?: 'Active' | 'Inactive' }> {
    const { resourceArn } = options;
    try {
      const { policy, state } = await this.client(resourceArn, 'reader').send(
        new GetAuthPolicyCommand({ resourceIdentifier: resourceArn }),
      );
      return { document: policy || undefined, state };
    } catch (error) {
      if (isAwsError(error, 'ResourceNotFoundException')) {
        return {};
      }
      throw error;
    }
  }

  async put(options: {
    resourceArn: string;
    document: string;
    expected: string | undefined;
  }): Promise<void> {
    const { resourceArn, expected } = options;
    const document = minify(options.document);
    const writer = this.client(resourceArn, 'writer');

    const before = await this.get({ resourceArn });
    if (!samePolicy(before.document, expected)) {
      throw new ConflictError(
        `The auth policy of ${resourceArn} has changed since: nothing was written`,
      );
    }
    await writer.send(
      new PutAuthPolicyCommand({
        resourceIdentifier: resourceArn,
        policy: document,
      }),
    );
    await this.readBack({ resourceArn, document });
  }

  private async readBack(options: { resourceArn: string; document: string }) {
    const { resourceArn, document } = options;
    for (const delay of readBackDelays) {
      await new Promise(resolve => setTimeout(resolve, delay));
      const after = await this.get({ resourceArn });
      if (samePolicy(after.document, document)) {
        return;
      }
    }
    throw new ConflictError(
      `The auth policy of ${resourceArn} was written but reads back differently`,
    );
  }

  private client(resourceArn: string, role: AwsAccessRole): VPCLatticeClient {
    const arn = parseArn(resourceArn);
    if (arn?.service !== 'vpc-lattice') {
      throw new InputError(`${resourceArn} is no ARN of VPC Lattice`);
    }
    const { accountId, region } = arn;
    return this.aws.client({ type: VPCLatticeClient, accountId, region, role });
  }
}

/** AWS takes no newlines in the document. White space outside of texts has no meaning in JSON. */
function minify(document: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch (error) {
    throw new InputError('The auth policy is not JSON', error);
  }
  if (!hasStatement(parsed)) {
    throw new InputError('An auth policy needs at least one statement');
  }
  const minified = JSON.stringify(parsed);
  if (minified.length > longestDocument) {
    throw new InputError(
      `The auth policy has ${minified.length} characters; AWS takes ${longestDocument}`,
    );
  }
  return minified;
}

/** Statement is required: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html */
function hasStatement(document: unknown): boolean {
  const { Statement: statement } = (document ?? {}) as { Statement?: unknown };
  return Array.isArray(statement) ? statement.length > 0 : !!statement;
}
