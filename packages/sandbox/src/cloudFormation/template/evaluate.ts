import { TemplateError } from './TemplateError';
import { cidrBlocks } from './cidrBlocks';
import { subPieces } from './subVariables';

/** What references in a template mean while it is evaluated. */
export interface Scope {
  /** Parameters, pseudo parameters and resources. `undefined` is `AWS::NoValue`. */
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  findInMap(map: string, first: string, second: string): unknown;
  importValue(name: string): string;
  /** Functions in addition to those of every template. */
  functions?: Record<string, Evaluate>;
}

type Evaluate = (argument: any, scope: Scope) => unknown;

function fail(name: string, expectation: string): never {
  throw new TemplateError(`Template error: ${name} ${expectation}`);
}

function list(name: string, value: unknown, length?: number): any[] {
  if (!Array.isArray(value)) {
    return fail(name, 'needs a list');
  }
  if (length !== undefined && value.length !== length) {
    return fail(name, `needs a list of ${length} values`);
  }
  return value;
}

function text(name: string, value: unknown): string {
  if (['string', 'number', 'boolean'].includes(typeof value)) {
    return String(value);
  }
  return fail(name, 'needs a string');
}

function truth(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') {
    return value;
  }
  if (value === 'true' || value === 'false') {
    return value === 'true';
  }
  return fail(name, 'needs conditions that evaluate to true or false');
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = Array.isArray(argument)
    ? list('Fn::Sub', argument, 2)
    : [argument, {}];
  const given = evaluate(variables, scope) as Record<string, unknown>;
  return subPieces(text('Fn::Sub', template))
    .map(piece => {
      if ('literal' in piece) {
        return piece.literal;
      }
      const { variable } = piece;
      const dot = variable.indexOf('.');
      let value: unknown;
      if (Object.hasOwn(given, variable)) {
        value = given[variable];
      } else if (dot < 0) {
        value = scope.ref(variable);
      } else {
        value = scope.getAtt(variable.slice(0, dot), variable.slice(dot + 1));
      }
      return text(`variable ${variable} in Fn::Sub`, value);
    })
    .join('');
}

const functions: Record<string, Evaluate> = {
  Ref: (name, scope) => scope.ref(text('Ref', name)),
  // Not a function of templates: what `conditionReferences` makes of `{ Condition: name }`.
  'Fn::Condition': (name, scope) => scope.condition(text('Condition', name)),
  'Fn::GetAtt': (argument, scope) => {
    const path =
      typeof argument === 'string'
        ? [argument.split('.')[0], argument.split('.').slice(1).join('.')]
        : list('Fn::GetAtt', argument, 2);
    return scope.getAtt(
      text('Fn::GetAtt', path[0]),
      text('Fn::GetAtt', evaluate(path[1], scope)),
    );
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const [delimiter, values] = list('Fn::Join', argument, 2);
    return list('Fn::Join', evaluate(values, scope))
      .map(value => text('Fn::Join', value))
      .join(text('Fn::Join', delimiter));
  },
  'Fn::Select': (argument, scope) => {
    const [position, values] = list('Fn::Select', argument, 2);
    const index = Number(evaluate(position, scope));
    const chosen = list('Fn::Select', evaluate(values, scope))[index];
    return (
      chosen ??
      fail('Fn::Select', `cannot select nonexistent value at index ${index}`)
    );
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, value] = list('Fn::Split', argument, 2);
    return text('Fn::Split', evaluate(value, scope)).split(
      text('Fn::Split', delimiter),
    );
  },
  'Fn::Base64': (argument, scope) =>
    Buffer.from(text('Fn::Base64', evaluate(argument, scope))).toString(
      'base64',
    ),
  'Fn::If': (argument, scope) => {
    const [name, whenTrue, whenFalse] = list('Fn::If', argument, 3);
    return evaluate(
      scope.condition(text('Fn::If', name)) ? whenTrue : whenFalse,
      scope,
    );
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list('Fn::Equals', argument, 2).map(value =>
      evaluate(value, scope),
    );
    return (
      JSON.stringify(comparable(left)) === JSON.stringify(comparable(right))
    );
  },
  'Fn::And': (argument, scope) =>
    list('Fn::And', argument).every(value =>
      truth('Fn::And', evaluate(value, scope)),
    ),
  'Fn::Or': (argument, scope) =>
    list('Fn::Or', argument).some(value =>
      truth('Fn::Or', evaluate(value, scope)),
    ),
  'Fn::Not': (argument, scope) =>
    !truth('Fn::Not', evaluate(list('Fn::Not', argument, 1)[0], scope)),
  'Fn::FindInMap': (argument, scope) => {
    // The default is of the language extensions.
    const [path, options] = [argument.slice(0, 3), argument[3]];
    const [map, first, second] = list('Fn::FindInMap', path, 3).map(value =>
      text('Fn::FindInMap', evaluate(value, scope)),
    );
    if (options?.DefaultValue === undefined) {
      return scope.findInMap(map, first, second);
    }
    try {
      return scope.findInMap(map, first, second);
    } catch (error) {
      if (error instanceof TemplateError) {
        return evaluate(options.DefaultValue, scope);
      }
      throw error;
    }
  },
  'Fn::Cidr': (argument, scope) => {
    const [block, count, bits = 8] = list('Fn::Cidr', argument).map(value =>
      evaluate(value, scope),
    );
    return cidrBlocks(text('Fn::Cidr', block), Number(count), Number(bits));
  },
  'Fn::GetAZs': (argument, scope) => {
    const region = text('Fn::GetAZs', evaluate(argument, scope) ?? '');
    return ['a', 'b', 'c'].map(
      zone => `${region || scope.ref('AWS::Region')}${zone}`,
    );
  },
  'Fn::Length': (argument, scope) =>
    list('Fn::Length', evaluate(argument, scope)).length,
  'Fn::ToJsonString': (argument, scope) =>
    JSON.stringify(evaluate(argument, scope)),
  'Fn::ImportValue': (argument, scope) =>
    scope.importValue(text('Fn::ImportValue', evaluate(argument, scope))),
};

/** Values compare as texts: `1` equals `"1"`, as in CloudFormation. */
function comparable(value: unknown): unknown {
  return Array.isArray(value) ? value.map(comparable) : String(value);
}

/** The function's name when the value is a call of one, else `undefined`. */
export function functionName(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'))
    ? keys[0]
    : undefined;
}

/**
 * Replaces every function call in the value by its result. Properties and list items that come
 * out as `AWS::NoValue` are left out.
 *
 * @throws TemplateError when a function is unknown or can't be evaluated.
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value
      .map(item => evaluate(item, scope))
      .filter(item => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) {
    return value ?? undefined;
  }
  const name = functionName(value);
  if (name) {
    const call = scope.functions?.[name] ?? functions[name];
    if (!call) {
      throw new TemplateError(
        `Template error: the function ${name} is not supported`,
      );
    }
    return call((value as Record<string, unknown>)[name], scope);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, evaluate(item, scope)] as const)
      .filter(([, item]) => item !== undefined),
  );
}

/** Evaluates a condition's expression, in which `{ Condition: name }` names another condition. */
export function evaluateCondition(value: unknown, scope: Scope): boolean {
  return truth('Conditions', evaluate(conditionReferences(value), scope));
}

/** `Condition` is a function only inside conditions: elsewhere it is a policy statement's element. */
function conditionReferences(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(conditionReferences);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === 'Condition') {
    return { 'Fn::Condition': entries[0][1] };
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, conditionReferences(item)]),
  );
}
