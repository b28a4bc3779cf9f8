import { BoundedMap } from '../BoundedMap';
import { Fact, UnknownFact } from './Fact';
import { RequestContext } from './RequestContext';
import { networkKey } from './networkKeys';
import { principalKey } from './principalKeys';
import { requestKey } from './requestKeys';
import { resourceKey } from './resourceKeys';

/** A condition key with the way to find its value in a request. */
export interface ConditionKey {
  /** As written in the policy. */
  name: string;
  /** What the key is in plain English. */
  label: string;
  /** Whether a request may carry several values. */
  multivalued: boolean;
  /** Whether the value is a time whose text form AWS doesn't document. */
  isTime: boolean;
  lookup(context: RequestContext): Fact;
}

/** What the key tables say; the rest has defaults. */
export type KeyDefinition = Pick<ConditionKey, 'label' | 'lookup'> &
  Partial<Pick<ConditionKey, 'multivalued' | 'isTime'>>;

/** A key name cut at its colon and first slash, in lower case; `tag` keeps its case. */
export interface KeyName {
  name: string;
  base: string;
  tag?: string;
}

/** Policies name the same few keys over and over. */
const KNOWN = BoundedMap.create<string, ConditionKey>(1000);

const TABLES = [principalKey, requestKey, resourceKey, networkKey];

/**
 * Finds a condition key. Names ignore case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function resolveConditionKey(name: string): ConditionKey {
  const known = KNOWN.get(name);
  if (known) {
    return known;
  }
  const key = resolve(name);
  KNOWN.set(name, key);
  return key;
}

function resolve(name: string): ConditionKey {
  const slash = name.indexOf('/');
  const keyName: KeyName =
    slash === -1
      ? { name, base: name.toLowerCase() }
      : {
          name,
          base: name.slice(0, slash).toLowerCase(),
          tag: name.slice(slash + 1),
        };
  for (const table of TABLES) {
    const definition = table(keyName);
    if (definition) {
      return { name, multivalued: false, isTime: false, ...definition };
    }
  }
  const fact = UnknownFact.create({
    reason: `${name}: not a condition key whose value for VPC Lattice is documented`,
  });
  return {
    name,
    label: `condition key ${name}`,
    // For all that is known.
    multivalued: true,
    isTime: false,
    lookup: () => fact,
  };
}
