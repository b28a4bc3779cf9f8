import type { KeyDefinition, KeyName } from './ConditionKey';
import { Fact, UnknownFact } from './Fact';

const NO_TIME: Fact = UnknownFact.create({
  reason: 'aws:CurrentTime: the time of the call is not known',
  present: true,
});

/** What a JavaScript date can hold. */
const MAX_TIME = 8.64e15;

function isTime(time?: number): time is number {
  return time !== undefined && Math.abs(time) <= MAX_TIME;
}

let lastTime: number | undefined;
let lastText = '';

/** A request's time is asked for by many conditions in a row. */
function printTime(time: number): string {
  if (time !== lastTime) {
    lastText = new Date(time).toISOString();
    lastTime = time;
  }
  return lastText;
}

function absent(name: string): [string, KeyDefinition] {
  return [
    name.toLowerCase(),
    { label: `condition key ${name}`, lookup: () => undefined },
  ];
}

function undocumented(options: {
  name: string;
  present?: boolean;
}): [string, KeyDefinition] {
  const { name, present } = options;
  const fact = UnknownFact.create({
    reason: `${name}: open rule, what VPC Lattice puts there is not documented`,
    present,
  });
  return [
    name.toLowerCase(),
    { label: `condition key ${name}`, lookup: () => fact },
  ];
}

const KEYS = new Map<string, KeyDefinition>([
  [
    'aws:currenttime',
    {
      label: 'time of the call',
      isTime: true,
      lookup: ({ request: { time } }) =>
        isTime(time) ? printTime(time) : NO_TIME,
    },
  ],
  [
    'aws:epochtime',
    {
      label: 'time of the call',
      isTime: true,
      lookup: ({ request: { time } }) =>
        isTime(time) ? String(Math.floor(time / 1000)) : NO_TIME,
    },
  ],
  undocumented({ name: 'aws:SecureTransport', present: true }),
  undocumented({ name: 'aws:RequestedRegion', present: true }),
  undocumented({ name: 'aws:SourceIp' }),
  undocumented({ name: 'aws:SourceVpc' }),
  undocumented({ name: 'aws:SourceVpcArn' }),
  undocumented({ name: 'aws:SourceVpce' }),
  undocumented({ name: 'aws:VpcSourceIp' }),
  undocumented({ name: 'aws:UserAgent' }),
  undocumented({ name: 'aws:Referer' }),
  [
    'aws:viaawsservice',
    {
      label: 'whether an AWS service calls on behalf of the caller',
      lookup: () => 'false',
    },
  ],
  // VPC Lattice is not among the services that have these.
  absent('aws:VpceAccount'),
  absent('aws:VpceOrgID'),
  ['aws:vpceorgpaths', { ...absent('aws:VpceOrgPaths')[1], multivalued: true }],
  // Calls to VPC Lattice services are direct and pass no tags.
  ['aws:calledvia', { ...absent('aws:CalledVia')[1], multivalued: true }],
  absent('aws:CalledViaFirst'),
  absent('aws:CalledViaLast'),
  ['aws:tagkeys', { ...absent('aws:TagKeys')[1], multivalued: true }],
]);

/**
 * Keys about the network path and the call itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-network-properties
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-request-properties
 */
export function networkKey(key: KeyName): KeyDefinition | undefined {
  if (key.base === 'aws:requesttag' && key.tag) {
    // Only operations that pass tags have it.
    return { label: `request tag ${key.tag}`, lookup: () => undefined };
  }
  return key.tag === undefined ? KEYS.get(key.base) : undefined;
}
