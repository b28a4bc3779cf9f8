/** Keys and indices from a document's root. */
export type Path = readonly (string | number)[];

/** A function as a template holds it in its long form, `{ 'Fn::Sub': … }` or `{ Ref: … }`. */
export interface FunctionCall {
  name: string;
  argument: unknown;
}

/** An outcome of a condition in which a value counts, by the `Fn::If` around it. */
export interface Guard {
  condition: string;
  holds: boolean;
}

/** Whether a value is a mapping. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The function that a value is; `undefined` for plain values. */
export function functionOf(value: unknown): FunctionCall | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && name && /^(Ref|Fn::\w+)$/.test(name)
    ? { name, argument: value[name] }
    : undefined;
}

/** Whether a value stands for none. */
export function isNoValue(value: unknown): boolean {
  const call = functionOf(value);
  return call?.name === 'Ref' && call.argument === 'AWS::NoValue';
}

/** The branches of an `Fn::If`, those inside branches included; the value itself if it is none. */
export function branchesOf(value: unknown): unknown[] {
  const call = functionOf(value);
  return call?.name === 'Fn::If' && Array.isArray(call.argument)
    ? call.argument.slice(1).flatMap(branchesOf)
    : [value];
}

/** Calls `visit` for each function in a value, outer ones first. */
export function visitFunctions(
  value: unknown,
  path: Path,
  visit: (call: FunctionCall, path: Path, guards: Guard[]) => void,
  guards: Guard[] = [],
): void {
  const call = functionOf(value);
  if (call) {
    visit(call, path, guards);
  }
  if (call?.name === 'Fn::If' && Array.isArray(call.argument)) {
    const [condition, ...branches] = call.argument;
    branches.forEach((branch, index) =>
      visitFunctions(branch, [...path, 'Fn::If', index + 1], visit, [
        ...guards,
        { condition: String(condition), holds: index === 0 },
      ]),
    );
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) =>
      visitFunctions(item, [...path, index], visit, guards),
    );
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      visitFunctions(item, [...path, key], visit, guards);
    }
  }
}
