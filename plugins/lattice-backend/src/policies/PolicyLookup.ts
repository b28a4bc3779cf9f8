import type {
  AuthPolicyAttachment,
  AuthType,
  Caller,
  IdentityPolicies,
  UnreadableLayer,
} from '@lattice-portal/auth-policy';
import {
  callerAccountId,
  parseArn,
  type PolicyEvaluation,
  type PolicyVersion,
} from '@lattice-portal/plugin-lattice-common';
import type { IdentityPolicyReader } from '@lattice-portal/plugin-lattice-node';
import type { PolicyVersionStore } from '../database/PolicyVersionStore';
import type { EstateIndex } from '../estate/EstateIndex';

type UsedDocument = PolicyEvaluation['documents'][number];

/**
 * The auth policy of one layer, or why it is not known, and what was read for it.
 */
export interface LayerPolicy {
  attachment: AuthPolicyAttachment | UnreadableLayer;
  used?: UsedDocument;
  /** What had to be assumed. */
  assumed: string[];
}

/**
 * The caller's identity policies, or why they are not known, and what was read for it.
 */
export interface IdentityLayer {
  identity?: IdentityPolicies | UnreadableLayer;
  used: UsedDocument[];
}

/**
 * Finds the policies that decide on a call.
 */
export class PolicyLookup {
  static create(options: {
    versions: PolicyVersionStore;
    identity: IdentityPolicyReader;
  }): PolicyLookup {
    return new PolicyLookup(options);
  }

  private constructor(
    private readonly options: Parameters<typeof PolicyLookup.create>[0],
  ) {}

  /** The policy as it is now, as far as the estate was read. */
  async now(options: {
    layer: 'network' | 'service';
    arn: string | undefined;
    index: EstateIndex;
  }): Promise<LayerPolicy> {
    const { layer, arn, index } = options;
    const resource = resourceOf(options);
    if (!arn || !resource) {
      return unreadable(missing(layer, arn));
    }
    const { authType, authPolicy, name } = resource;
    if (!authType) {
      return unreadable(`The auth type of ${name} can’t be read.`);
    }
    if (authType === 'AWS_IAM' && authPolicy.status === 'unreadable') {
      return unreadable(authPolicy.reason);
    }
    const document =
      authPolicy.status === 'read' ? authPolicy.document : undefined;
    const current = await this.options.versions.at({
      resourceArn: arn,
      time: Number.MAX_SAFE_INTEGER,
    });
    const snapshot = index.snapshot(resource);
    return {
      attachment: { authType, policy: document },
      used: {
        layer,
        resourceArn: arn,
        name,
        document,
        validFrom: current?.validFrom,
      },
      assumed:
        snapshot?.status === 'stale'
          ? [
              `The policy of ${name} may be as it was at ${snapshot.readAt}: its account can’t be read in full since.`,
            ]
          : [],
    };
  }

  /** The policy as it was. Absent: no version of that time is known. */
  async at(options: {
    layer: 'network' | 'service';
    arn: string | undefined;
    index: EstateIndex;
    /** Milliseconds since the epoch. */
    time: number;
  }): Promise<LayerPolicy | undefined> {
    const { layer, arn, index, time } = options;
    const version =
      arn && (await this.options.versions.at({ resourceArn: arn, time }));
    if (!version) {
      return undefined;
    }
    const resource = resourceOf(options);
    const name = resource?.name ?? arn;
    const authType = version.authType ?? resource?.authType;
    if (!authType) {
      return unreadable(`The auth type of ${arn} at that time is not known.`);
    }
    return {
      attachment: { authType, policy: version.document },
      used: {
        layer,
        resourceArn: arn,
        name: resource?.name,
        document: version.document,
        validFrom: version.validFrom,
      },
      assumed: [
        ...assumedOfAuthType({ version, name, authType }),
        ...assumedSinceRead({ version, name, index, time }),
      ],
    };
  }

  /** The identity policies of a caller, as they are now. */
  async identityOf(options: {
    caller: Caller;
    /** As in `AccessLogCaller.id`. */
    callerId: string;
    index: EstateIndex;
  }): Promise<IdentityLayer> {
    const { caller, callerId, index } = options;
    if (caller.kind === 'anonymous') {
      return { used: [] };
    }
    if (!callerId.includes(':role/')) {
      return unreadableIdentity(
        'The identity policies of callers other than roles are not read.',
      );
    }
    const accountId = callerAccountId(callerId) ?? '';
    if (!index.account(accountId)) {
      return unreadableIdentity(
        `Account ${accountId} of the caller is not among those the portal reads.`,
      );
    }
    const roleArn = index.roleOfCaller(callerId)?.arn ?? callerId;
    const read = await this.options.identity.read({ roleArn });
    if ('unreadable' in read) {
      return unreadableIdentity(read.unreadable);
    }
    return {
      identity: read,
      used: read.policies.map((policy, position) => ({
        layer: 'identity',
        resourceArn: roleArn,
        name: `identity policy ${position + 1}`,
        document: typeof policy === 'string' ? policy : JSON.stringify(policy),
      })),
    };
  }
}

function assumedOfAuthType(options: {
  version: PolicyVersion;
  name: string;
  authType: AuthType;
}): string[] {
  const { version, name, authType } = options;
  return version.authType
    ? []
    : [
        `The auth type of ${name} at that time is not on record: ${authType}, as it is now, was assumed.`,
      ];
}

/** The newest version may have been followed by another since its account was read. */
function assumedSinceRead(options: {
  version: PolicyVersion;
  name: string;
  index: EstateIndex;
  time: number;
}): string[] {
  const { version, name, index, time } = options;
  const place = parseArn(version.resourceArn);
  const snapshot = place && index.snapshot(place);
  if (
    version.validTo !== undefined ||
    (snapshot?.readAt !== undefined && Date.parse(snapshot.readAt) >= time)
  ) {
    return [];
  }
  return [
    snapshot?.readAt
      ? `The policy of ${name} was last read at ${snapshot.readAt}, before the call: that it stood unchanged was assumed.`
      : `The policy of ${name} is no longer read: that it stood unchanged was assumed.`,
  ];
}

function resourceOf(options: {
  layer: 'network' | 'service';
  arn: string | undefined;
  index: EstateIndex;
}) {
  const { layer, arn = '', index } = options;
  return layer === 'network'
    ? index.serviceNetworks.get(arn)
    : index.services.get(arn);
}

function missing(layer: string, arn: string | undefined): string {
  const what = layer === 'network' ? 'service network' : 'service';
  return arn
    ? `The ${what} ${arn} is in no account the portal can read.`
    : `The record names no ${what}.`;
}

function unreadable(reason: string): LayerPolicy {
  return { attachment: { unreadable: reason }, assumed: [] };
}

function unreadableIdentity(reason: string): IdentityLayer {
  return { identity: { unreadable: reason }, used: [] };
}
