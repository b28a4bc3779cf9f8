import type { KeyDefinition, KeyName } from './ConditionKey';
import { CallerIdentity } from './CallerIdentity';
import { Fact, UnknownFact } from './Fact';
import { lookUpTag } from './lookUpTag';
import {
  Lookup,
  UNKNOWN_CALLER,
  UNRECOGNISED,
  organization,
  organizationPaths,
  principalArn,
  principalType,
  userId,
} from './principalLookups';

type Definition = Pick<KeyDefinition, 'label' | 'multivalued'> & {
  lookup: Lookup;
};

/** Something that only signed callers may have, and that nothing says of this one. */
function ofCredentials(name: string, label: string): [string, Definition] {
  const fact = UnknownFact.create({
    reason: `${name}: what the caller's credentials say is not known`,
  });
  return [
    name.toLowerCase(),
    { label, lookup: ({ kind }) => (kind === 'anonymous' ? undefined : fact) },
  ];
}

const OF_TEMPORARY = UnknownFact.create({
  reason: "aws:TokenIssueTime: what the caller's credentials say is not known",
  present: true,
});
const OF_ANY = UnknownFact.create({ reason: OF_TEMPORARY.reason });

/** Users and root users may have temporary credentials, all others do. */
function issueTime(kind: CallerIdentity['kind']): Fact {
  switch (kind) {
    case 'anonymous':
      return undefined;
    case 'user':
    case 'root':
      return OF_ANY;
    default:
      return OF_TEMPORARY;
  }
}

function absent(name: string, label: string): [string, Definition] {
  return [name.toLowerCase(), { label, lookup: () => undefined }];
}

const KEYS = new Map<string, Definition>([
  [
    'aws:principalarn',
    { label: "caller's ARN (aws:PrincipalArn)", lookup: principalArn },
  ],
  [
    'aws:principalaccount',
    {
      label: "caller's account",
      lookup: caller => ('account' in caller ? caller.account : 'anonymous'),
    },
  ],
  [
    'aws:principaltype',
    {
      label: "caller's type",
      lookup: ({ kind }) => principalType(kind),
    },
  ],
  ['aws:userid', { label: "caller's unique id", lookup: userId }],
  [
    'aws:username',
    {
      label: "caller's user name",
      lookup: caller => (caller.kind === 'user' ? caller.name : undefined),
    },
  ],
  [
    'aws:principalorgid',
    { label: "caller's organization", lookup: organization },
  ],
  [
    'aws:principalorgpaths',
    {
      label: "path of the caller's account in its organization",
      multivalued: true,
      lookup: organizationPaths,
    },
  ],
  [
    'aws:principalisawsservice',
    {
      label: 'whether the caller is an AWS service',
      lookup: ({ kind }) => (kind === 'anonymous' ? undefined : 'false'),
    },
  ],
  // Only calls made by an AWS service's own principal have these.
  absent('aws:PrincipalServiceName', 'name of the calling AWS service'),
  [
    'aws:principalservicenameslist',
    {
      label: 'names of the calling AWS service',
      multivalued: true,
      lookup: () => undefined,
    },
  ],
  absent('aws:SourceArn', 'resource behind the calling AWS service'),
  absent('aws:SourceAccount', 'account behind the calling AWS service'),
  absent('aws:SourceOrgID', 'organization behind the calling AWS service'),
  [
    'aws:sourceorgpaths',
    {
      label: 'organization paths behind the calling AWS service',
      multivalued: true,
      lookup: () => undefined,
    },
  ],
  [
    'aws:tokenissuetime',
    {
      label: 'issue time of the credentials',
      lookup: ({ kind }) => issueTime(kind),
    },
  ],
  ofCredentials('aws:MultiFactorAuthPresent', 'multi-factor authentication'),
  ofCredentials('aws:MultiFactorAuthAge', 'age of multi-factor authentication'),
  ofCredentials('aws:SourceIdentity', 'source identity of the session'),
  ofCredentials('aws:FederatedProvider', 'identity provider of the session'),
  ofCredentials('aws:Ec2InstanceSourceVpc', 'VPC of the role credentials'),
  ofCredentials(
    'aws:Ec2InstanceSourcePrivateIPv4',
    'address of the role credentials',
  ),
  ofCredentials('aws:AssumedRoot', 'privileged root session'),
]);

function principalTag(name: string, tag: string): KeyDefinition {
  const unknown = UnknownFact.create({
    reason: `${name}: the caller's tags are not known`,
  });
  return {
    label: `caller's tag ${tag}`,
    lookup: ({ request: { caller }, caller: { kind } }) => {
      if (caller.kind === 'anonymous' || kind === 'anonymous') {
        return undefined;
      }
      if (caller.kind === 'unknown') {
        return UNKNOWN_CALLER;
      }
      return caller.tags
        ? lookUpTag({ tags: caller.tags, tag, key: name, ignoreCase: true })
        : unknown;
    },
  };
}

/**
 * Keys about the caller.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export function principalKey(key: KeyName): KeyDefinition | undefined {
  if (key.base === 'aws:principaltag' && key.tag) {
    return principalTag(key.name, key.tag);
  }
  const definition = key.tag === undefined ? KEYS.get(key.base) : undefined;
  if (!definition) {
    return undefined;
  }
  const { label, multivalued, lookup } = definition;
  return {
    label,
    multivalued,
    lookup: context => {
      switch (context.caller.kind) {
        case 'unrecognised':
          return UNRECOGNISED;
        case 'unknown':
          return UNKNOWN_CALLER;
        default:
          return lookup(context.caller, context);
      }
    },
  };
}
