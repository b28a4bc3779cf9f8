import { actions, keys } from './iamData.json';

/** What a condition key holds, as AWS's service authorization reference names it. */
export type KeyType =
  | 'String'
  | 'ArrayOfString'
  | 'ARN'
  | 'Bool'
  | 'Date'
  | 'Numeric'
  | 'IPAddress';

/** A condition key of the tables. */
export interface KnownKey {
  /** As AWS writes it; with a slash at the end if a name follows. */
  name: string;
  type: KeyType;
}

const KEYS = new Map<string, KnownKey>(
  Object.entries(keys).map(([name, type]) => [
    name.toLowerCase(),
    { name, type: type as KeyType },
  ]),
);

/** Actions that an auth policy can be about, in lower case. */
export const ACTIONS: ReadonlyMap<string, string> = new Map(
  Object.keys(actions).map(name => [name.toLowerCase(), name]),
);

/**
 * Finds a condition key whatever its case.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclatticeservices.html
 */
export function findKey(name: string): KnownKey | undefined {
  const slash = name.indexOf('/');
  return KEYS.get(
    (slash === -1 ? name : name.slice(0, slash + 1)).toLowerCase(),
  );
}

/** All condition keys, those of VPC Lattice first. */
export function knownKeys(): KnownKey[] {
  const isOwn = ({ name }: KnownKey) => name.startsWith('vpc-lattice-svcs:');
  const all = [...KEYS.values()];
  return [...all.filter(isOwn), ...all.filter(key => !isOwn(key))];
}
