import { isIP } from 'node:net';
import {
  celEnv,
  celFunc,
  CelInput,
  CelScalar,
  isCelError,
  parse,
  plan,
} from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';

// What Kubernetes adds to CEL's own functions, as far as the schemas here use it:
// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library
const environment = celEnv({
  funcs: [
    ...strings,
    celFunc('isIP', [CelScalar.STRING], CelScalar.BOOL, text => isIP(text) > 0),
  ],
});

type Program = (self: CelInput) => boolean;

const programs = new Map<string, Program>();

/**
 * Makes a rule ready to run.
 *
 * @returns a function that says whether the rule holds of a value; it throws when CEL can't tell.
 * @throws Error when the rule is no CEL, or needs what isn't here: a transition rule (`oldSelf`)
 *   compares two versions of an object, and there is only one.
 */
export function ruleProgram(rule: string): Program {
  const known = programs.get(rule);
  if (known) {
    return known;
  }
  if (/\boldSelf\b/.test(rule)) {
    throw new Error(`The rule compares with an older version: ${rule}`);
  }
  const evaluate = plan(environment, parse(rule));
  const program: Program = self => {
    const result = evaluate({ self });
    if (isCelError(result)) {
      throw new Error(`${result.message}, in the rule ${rule}`);
    }
    return result === true;
  };
  programs.set(rule, program);
  return program;
}
