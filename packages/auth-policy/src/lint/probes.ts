import { resolveConditionKey } from '../facts/ConditionKey';
import { UnknownFact } from '../facts/Fact';
import { RequestContext } from '../facts/RequestContext';
import { Caller } from '../types';

const ACCOUNT = '000000000000';
const SERVICE_ARN = `arn:aws:vpc-lattice:us-east-1:${ACCOUNT}:service/svc-0`;

const CALLERS: Caller[] = [
  { kind: 'anonymous' },
  ...[
    `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`,
    `arn:aws:sts::${ACCOUNT}:federated-user/f`,
    `arn:aws:iam::${ACCOUNT}:user/u`,
    `arn:aws:iam::${ACCOUNT}:root`,
  ].map((arn): Caller => ({ kind: 'signed', arn, organizationId: 'o-0' })),
];

/** An anonymous call of which nothing else is known. */
export const ANONYMOUS_CALL = RequestContext.create({
  caller: { kind: 'anonymous' },
  serviceArn: SERVICE_ARN,
});

/** A call by somebody of which nothing else is known. */
export function callBy(arn: string): RequestContext {
  return RequestContext.create({
    caller: { kind: 'signed', arn },
    serviceArn: SERVICE_ARN,
  });
}

/**
 * Whether a call to a service can have a condition key: `possible`, `never`, or
 * `undocumented` where AWS doesn't say.
 */
export function presenceOf(
  name: string,
): 'possible' | 'never' | 'undocumented' {
  const key = resolveConditionKey(name);
  const tag = name.slice(name.indexOf('/') + 1);
  const facts = CALLERS.map(caller =>
    key.lookup(
      RequestContext.create({
        caller:
          caller.kind === 'signed'
            ? { ...caller, tags: { [tag]: 'x' } }
            : caller,
        serviceArn: SERVICE_ARN,
        method: 'GET',
        path: '/',
        headers: { [tag]: 'x' },
        query: { [tag]: ['x'] },
        serviceTags: { [tag]: 'x' },
      }),
    ),
  );
  if (facts.every(fact => fact === undefined)) {
    return 'never';
  }
  const isOpen = facts.every(
    fact =>
      fact === undefined ||
      (fact instanceof UnknownFact && /open rule|documented/.test(fact.reason)),
  );
  return isOpen ? 'undocumented' : 'possible';
}
