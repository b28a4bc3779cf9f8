const names: Record<string, string> = {
  'vpc-lattice-svcs:port': 'the port',
  'vpc-lattice-svcs:requestmethod': 'the method',
  'vpc-lattice-svcs:requestpath': 'the path',
  'vpc-lattice-svcs:sourcevpc': 'the source VPC',
  'vpc-lattice-svcs:sourcevpcowneraccount': "the source VPC's account",
  'vpc-lattice-svcs:servicenetworkarn': 'the service network',
  'vpc-lattice-svcs:servicearn': 'the service',
  'aws:currenttime': 'the time',
  'aws:epochtime': 'the time',
  'aws:principalaccount': "the caller's account",
  'aws:principalarn': 'the caller',
  'aws:principalorgid': "the caller's organization",
  'aws:principalorgpaths': "the caller's organization paths",
  'aws:principaltype': 'the kind of principal',
  'aws:resourceorgid': "the service's organization",
  'aws:securetransport': 'encryption in transit',
  'aws:sourceip': 'the source address',
  'aws:vpcsourceip': 'the source address in the VPC',
};

const named: [prefix: string, name: string][] = [
  ['vpc-lattice-svcs:requestheader/', 'the header'],
  ['vpc-lattice-svcs:requestquerystring/', 'the query parameter'],
  ['aws:principaltag/', "the caller's tag"],
  ['aws:resourcetag/', "the service's tag"],
];

/**
 * What a condition key asks about, in words; one without words as it is.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-condition-keys
 */
export function describeConditionKey(key: string): string {
  const lower = key.toLowerCase();
  const prefixed = named.find(([prefix]) => lower.startsWith(prefix));
  if (prefixed) {
    return `${prefixed[1]} ${key.slice(prefixed[0].length)}`;
  }
  return names[lower] ?? key;
}
