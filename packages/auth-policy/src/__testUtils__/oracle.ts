import { AuthorizationRequest } from '../types';

/** The statements that the oracle understands, in AWS's shape, without shorthand. */
export interface OracleStatement {
  Effect: 'Allow' | 'Deny';
  Principal?: '*' | { AWS: string };
  Action: string;
  Resource?: string;
  NotResource?: string;
  Condition?: Record<string, Record<string, string[]>>;
}

/**
 * A second evaluator, written from the rules alone and for being read: slow, without
 * unknowns, for requests of which everything is known. It shares no code with the engine.
 */
export function oracle(
  statements: OracleStatement[],
  request: AuthorizationRequest,
): 'allowed' | 'denied' {
  const applying = statements.filter(each => applies(each, request));
  if (applying.some(({ Effect }) => Effect === 'Deny')) {
    return 'denied';
  }
  return applying.some(({ Effect }) => Effect === 'Allow')
    ? 'allowed'
    : 'denied';
}

function applies(
  statement: OracleStatement,
  request: AuthorizationRequest,
): boolean {
  const { Principal, Action, Resource, NotResource, Condition } = statement;
  const resource = `${request.serviceArn}${request.path}`;
  return (
    isPrincipal(Principal, request) &&
    isLike(Action.toLowerCase(), 'vpc-lattice-svcs:invoke') &&
    (Resource === undefined ||
      isLikeFilled({ text: Resource, value: resource, request })) &&
    (NotResource === undefined ||
      !isLikeFilled({ text: NotResource, value: resource, request })) &&
    Object.entries(Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds({ operator, got: factOf(key, request), values, request }),
      ),
    )
  );
}

function isPrincipal(
  principal: OracleStatement['Principal'],
  { caller }: AuthorizationRequest,
): boolean {
  if (principal === undefined || principal === '*' || principal.AWS === '*') {
    return true;
  }
  if (caller.kind === 'anonymous') {
    return false;
  }
  const account = caller.arn.split(':')[4];
  return [
    account,
    `arn:aws:iam::${account}:root`,
    caller.arn,
    caller.roleArn,
  ].includes(principal.AWS);
}

/** All values that a request has for a key; none if it doesn't have the key. */
function factOf(key: string, request: AuthorizationRequest): string[] {
  const { caller, method, port, path, query = {}, headers = {} } = request;
  const [name, tag] = key.split('/');
  const signed = caller.kind === 'signed' ? caller : undefined;
  const one = (value: string | undefined) =>
    value === undefined ? [] : [value];
  switch (name) {
    case 'vpc-lattice-svcs:RequestMethod':
      return one(method);
    case 'vpc-lattice-svcs:RequestPath':
      return one(path);
    case 'vpc-lattice-svcs:Port':
      return one(String(port));
    case 'vpc-lattice-svcs:RequestHeader':
      return one(headers[tag]);
    case 'vpc-lattice-svcs:RequestQueryString':
      return query[tag] ?? [];
    case 'aws:PrincipalTag':
      return one(signed?.tags?.[tag]);
    case 'aws:PrincipalOrgID':
      return one(
        signed?.organizationId === 'none' ? undefined : signed?.organizationId,
      );
    case 'aws:PrincipalArn':
      return one(signed?.roleArn);
    case 'aws:PrincipalAccount':
      return [signed ? signed.arn.split(':')[4] : 'anonymous'];
    default:
      throw new Error(`The oracle doesn't know ${key}`);
  }
}

function holds(options: {
  operator: string;
  got: string[];
  values: string[];
  request: AuthorizationRequest;
}): boolean {
  const { operator, got, values, request } = options;
  const [, set, base, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(operator)!;
  if (base === 'Null') {
    return values.includes(String(got.length === 0));
  }
  const isNegated = base.includes('Not');
  const one = (value: string) => {
    const isAny = values.some(text =>
      test({ operator: base.replace('Not', ''), text, value, request }),
    );
    return isNegated ? !isAny : isAny;
  };
  if (got.length === 0 && ifExists) {
    return true;
  }
  switch (set) {
    case 'ForAllValues':
      return got.every(one);
    case 'ForAnyValue':
      return got.some(one);
    default:
      return got.length === 0 ? isNegated : one(got[0]);
  }
}

function test(options: {
  operator: string;
  text: string;
  value: string;
  request: AuthorizationRequest;
}): boolean {
  const { operator, text, value, request } = options;
  switch (operator) {
    case 'StringEquals':
      return fill(text, request) === value;
    case 'StringEqualsIgnoreCase':
      return fill(text, request)?.toLowerCase() === value.toLowerCase();
    case 'StringLike':
      return isLikeFilled(options);
    case 'NumericEquals':
      return Number(value) === Number(text);
    case 'NumericLessThan':
      return Number(value) < Number(text);
    case 'NumericGreaterThanEquals':
      return Number(value) >= Number(text);
    case 'ArnLike': {
      const parts = value.split(':');
      const patterns = text.split(':');
      return (
        parts.length === patterns.length &&
        parts.every((part, index) => isLike(patterns[index], part))
      );
    }
    default:
      throw new Error(`The oracle doesn't know ${operator}`);
  }
}

/** A text with its variables replaced; undefined if one has neither value nor default. */
function fill(text: string, request: AuthorizationRequest): string | undefined {
  const variable = /\$\{([^,}]+)(?:, '([^']*)')?\}/.exec(text);
  if (!variable) {
    return text;
  }
  const [written, key, fallback] = variable;
  const value = factOf(key, request)[0] ?? fallback;
  return value === undefined
    ? undefined
    : fill(
        text.replace(written, () => value),
        request,
      );
}

function isLikeFilled(options: {
  text: string;
  value: string;
  request: AuthorizationRequest;
}): boolean {
  const filled = fill(options.text, options.request);
  return filled !== undefined && isLike(filled, options.value);
}

/** `*` is any text, `?` one character; tries everything. */
function isLike(pattern: string, text: string): boolean {
  if (pattern === '') {
    return text === '';
  }
  if (pattern[0] === '*') {
    return (
      isLike(pattern.slice(1), text) ||
      (text !== '' && isLike(pattern, text.slice(1)))
    );
  }
  return (
    text !== '' &&
    (pattern[0] === '?' || pattern[0] === text[0]) &&
    isLike(pattern.slice(1), text.slice(1))
  );
}
