import { Caller } from '../types';
import { PolicyTerms, withoutVariables } from './PolicyTerms';

const STRANGER = '999999999999';

/** Callers that the policies can tell apart, each once, and one whom none names. */
export function callerChoices(terms: PolicyTerms): {
  callers: Caller[];
  complete: boolean;
} {
  const values = (key: string) =>
    (terms.conditions.get(key) ?? []).flatMap(condition =>
      condition.values.map(({ text }) => text),
    );
  const arns = values('aws:principalarn').flatMap(withoutVariables);
  const named = [
    ...terms.principals,
    ...values('aws:principalaccount'),
    ...arns,
  ];
  const accounts = new Set<string>();
  for (const text of named) {
    const [account] = /\d{12}/.exec(text) ?? [];
    if (account) {
      accounts.add(account);
    }
  }
  accounts.add(STRANGER);
  const callers = new Map<string, Caller>();
  const add = (arn: string, roleArn?: string) =>
    callers.set(arn, { kind: 'signed', arn, ...(roleArn ? { roleArn } : {}) });
  const addRole = (account: string, path: string) => {
    const name = path.split('/').pop();
    add(
      `arn:aws:sts::${account}:assumed-role/${name}/session`,
      `arn:aws:iam::${account}:role/${path}`,
    );
  };
  for (const text of named) {
    for (const arn of instances(text, accounts)) {
      const [, account = '', role] =
        /^arn:aws[\w-]*:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
      if (role) {
        addRole(account, role);
      } else if (/:(user|assumed-role|federated-user)\//.test(arn)) {
        add(arn);
      }
    }
  }
  for (const account of accounts) {
    addRole(account, 'someone-else');
  }
  const types = ['aws:principaltype', 'aws:username', 'aws:userid'];
  if (types.some(key => terms.conditions.has(key))) {
    const names = ['someone', ...values('aws:username')];
    names.forEach(name => add(`arn:aws:iam::${STRANGER}:user/${name}`));
    add(`arn:aws:iam::${STRANGER}:root`);
  }
  return {
    callers: [...callers.values(), { kind: 'anonymous' }],
    complete: !arns.some(arn => /[*?]/.test(arn)),
  };
}

/** ARNs that a pattern matches, one for each account that matters. */
function instances(text: string, accounts: ReadonlySet<string>): string[] {
  const parts = text.split(':');
  if (parts.length < 6) {
    return [];
  }
  const rest = parts.slice(5).join(':').replace(/[*?]/g, 'x');
  return (/[*?]/.test(parts[4]) ? [...accounts] : [parts[4]]).map(account =>
    ['arn', 'aws', parts[2].replace(/[*?]+/, 'iam'), '', account, rest].join(
      ':',
    ),
  );
}
