import type { KeyDefinition, KeyName } from './ConditionKey';
import { Fact, UnknownFact } from './Fact';
import { RequestContext } from './RequestContext';
import { lookUpTag } from './lookUpTag';

const PREFIX = 'vpc-lattice-svcs:';

interface Definition {
  name: string;
  label: string;
  multivalued?: boolean;
  /** Whether only HTTP calls have it. */
  isHttp?: boolean;
  lookup(key: { name: string; tag: string }): (context: RequestContext) => Fact;
}

function define(definition: Definition): [string, Definition] {
  return [definition.name.toLowerCase(), definition];
}

function attribute(options: {
  name: string;
  label: string;
  isHttp?: boolean;
  get: (context: RequestContext) => Fact;
}): [string, Definition] {
  const { name, label, isHttp, get } = options;
  const unknown = UnknownFact.create({
    reason: `${name}: the ${label} is not known`,
    present: true,
  });
  return define({
    name,
    label,
    isHttp,
    lookup: () => context => get(context) ?? unknown,
  });
}

const PLAIN_KEYS = new Map<string, Definition>([
  attribute({
    name: 'vpc-lattice-svcs:Port',
    label: 'port',
    get: ({ request: { port } }) =>
      port === undefined ? undefined : String(port),
  }),
  attribute({
    name: 'vpc-lattice-svcs:RequestMethod',
    label: 'request method',
    isHttp: true,
    get: ({ request: { method }, isGrpc }) =>
      // gRPC methods are always POST.
      method === undefined && isGrpc ? 'POST' : methodFact(method),
  }),
  attribute({
    name: 'vpc-lattice-svcs:RequestPath',
    label: 'request path',
    isHttp: true,
    get: ({ paths }) =>
      paths && paths.length > 1
        ? UnknownFact.create({
            reason:
              'vpc-lattice-svcs:RequestPath: open rule, whether VPC Lattice decodes percent signs or resolves dot segments',
            present: true,
            candidates: paths,
          })
        : paths?.[0],
  }),
  attribute({
    name: 'vpc-lattice-svcs:ServiceNetworkArn',
    label: 'service network',
    get: ({ request }) => request.serviceNetworkArn,
  }),
  attribute({
    name: 'vpc-lattice-svcs:ServiceArn',
    label: 'service',
    get: ({ request }) => request.serviceArn,
  }),
  attribute({
    name: 'vpc-lattice-svcs:SourceVpc',
    label: 'source VPC',
    get: ({ request }) => request.sourceVpc,
  }),
  attribute({
    name: 'vpc-lattice-svcs:SourceVpcOwnerAccount',
    label: "source VPC's account",
    get: ({ request }) => request.sourceVpcOwnerAccount,
  }),
]);

const TAG_KEYS = new Map<string, Definition>([
  define({
    name: 'vpc-lattice-svcs:RequestHeader',
    label: 'request header',
    isHttp: true,
    lookup: ({ name, tag }) => {
      const unknown = UnknownFact.create({
        reason: `${name}: the request's headers are not known`,
      });
      const pseudo = UnknownFact.create({
        reason: `${name}: open rule, pseudo-headers are not documented`,
      });
      return ({ request: { headers } }) => {
        if (tag.startsWith(':')) {
          return pseudo;
        }
        return headers
          ? headerFact(
              name,
              lookUpTag({ tags: headers, tag, key: name, ignoreCase: false }),
            )
          : unknown;
      };
    },
  }),
  define({
    name: 'vpc-lattice-svcs:RequestQueryString',
    label: 'query parameter',
    isHttp: true,
    multivalued: true,
    lookup: ({ name, tag }) => {
      const unknown = UnknownFact.create({
        reason: `${name}: the request's query string is not known`,
      });
      return ({ request: { query }, isGrpc }) => {
        if (isGrpc) {
          // Not available for gRPC.
          return undefined;
        }
        if (!query) {
          return unknown;
        }
        const fact = lookUpTag({
          tags: query,
          tag,
          key: name,
          ignoreCase: false,
        });
        return Array.isArray(fact) && fact.length === 0 ? undefined : fact;
      };
    },
  }),
]);

function methodFact(method?: string): Fact {
  const upper = method?.toUpperCase();
  return method === upper
    ? method
    : UnknownFact.create({
        reason:
          'vpc-lattice-svcs:RequestMethod: open rule, the case of methods is not documented',
        present: true,
        candidates: [method!, upper!],
      });
}

/** AWS doesn't say what a padded or repeated header amounts to. */
function headerFact(key: string, fact: Fact): Fact {
  if (
    typeof fact !== 'string' ||
    (!fact.includes(',') && fact === fact.trim())
  ) {
    return fact;
  }
  const candidates = [
    ...new Set([fact, ...fact.split(',').map(part => part.trim())]),
  ];
  return candidates.length === 1
    ? fact
    : UnknownFact.create({
        reason: `${key}: open rule, padded and comma-joined header values are not documented`,
        present: true,
        candidates,
      });
}

/**
 * VPC Lattice's own keys.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-condition-keys
 */
export function requestKey(key: KeyName): KeyDefinition | undefined {
  if (!key.base.startsWith(PREFIX)) {
    return undefined;
  }
  const known = PLAIN_KEYS.get(key.base) ?? TAG_KEYS.get(key.base);
  if (!known || (key.tag !== undefined) !== TAG_KEYS.has(key.base)) {
    return undefined;
  }
  const written = key.name.split('/')[0];
  if (written !== known.name) {
    // IAM says that key names ignore case, VPC Lattice's guide that they don't.
    const fact = UnknownFact.create({
      reason: `${key.name}: open rule, whether the case of a condition key counts (AWS writes ${known.name})`,
    });
    return {
      label: known.label,
      multivalued: known.multivalued,
      lookup: () => fact,
    };
  }
  const { label, multivalued, isHttp, lookup } = known;
  const find = lookup({ name: key.name, tag: key.tag ?? '' });
  return {
    label: key.tag === undefined ? label : `${label} ${key.tag}`,
    multivalued,
    lookup: isHttp
      ? context => (context.isHttp ? find(context) : undefined)
      : find,
  };
}
