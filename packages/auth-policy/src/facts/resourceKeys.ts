import type { KeyDefinition, KeyName } from './ConditionKey';
import { UnknownFact } from './Fact';
import { lookUpTag } from './lookUpTag';

/**
 * Keys about the called service.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resource-properties
 */
export function resourceKey(key: KeyName): KeyDefinition | undefined {
  switch (key.base) {
    case 'aws:resourcetag':
      return key.tag ? resourceTag(key.name, key.tag) : undefined;
    case 'aws:resourceaccount':
      return {
        label: "service's account",
        lookup: ({ serviceAccount }) =>
          serviceAccount ??
          UnknownFact.create({
            reason: "aws:ResourceAccount: the service's account is not known",
            present: true,
          }),
      };
    case 'aws:resourceorgid':
      return unknown({
        name: 'aws:ResourceOrgID',
        label: "service's organization",
      });
    case 'aws:resourceorgpaths':
      return {
        ...unknown({
          name: 'aws:ResourceOrgPaths',
          label: "path of the service's account in its organization",
        }),
        multivalued: true,
      };
    default:
      return undefined;
  }
}

function unknown(options: { name: string; label: string }): KeyDefinition {
  const { name, label } = options;
  const fact = UnknownFact.create({
    reason: `${name}: the organization of the service's account is not known`,
  });
  return { label, lookup: () => fact };
}

function resourceTag(name: string, tag: string): KeyDefinition {
  const notGiven = UnknownFact.create({
    reason: `${name}: the service's tags are not known`,
  });
  const otherCase = UnknownFact.create({
    reason: `${name}: open rule, whether the case of a condition key counts (AWS writes aws:ResourceTag)`,
  });
  return {
    label: `service's tag ${tag}`,
    lookup: ({ request: { serviceTags } }) => {
      if (!name.startsWith('aws:ResourceTag/')) {
        return otherCase;
      }
      return serviceTags
        ? lookUpTag({ tags: serviceTags, tag, key: name, ignoreCase: false })
        : notGiven;
    },
  };
}
