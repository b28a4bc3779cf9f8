import { BoundedMap } from '../BoundedMap';
import { Notes } from '../facts/Fact';
import type { Transport } from '../facts/RequestContext';
import { PatternElement } from '../parse/Policy';
import { Pattern } from './Pattern';
import { FALSE, TRUE, Truth, UNKNOWN, agree, not, or } from './Truth';

/** What every HTTP call to a VPC Lattice service asks for. */
export const INVOKE = 'vpc-lattice-svcs:Invoke';

/** What a connection to a TCP service asks for. */
export const CONNECT = 'vpc-lattice-svcs:Connect';

export interface CompiledAction {
  truth: Truth;
  reasons: string[];
}

type CompiledActions = Record<Transport, CompiledAction>;

/** Nearly all statements have the same action. */
const KNOWN = BoundedMap.create<string, CompiledActions>(100);

/**
 * `Action` and `NotAction` against {@link INVOKE} and {@link CONNECT}. Case doesn't count.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function compileAction(element: PatternElement): CompiledActions {
  const name = `${element.negated}\n${element.patterns.join('\n')}`;
  const known = KNOWN.get(name);
  if (known) {
    return known;
  }
  const compiled = compile(element);
  KNOWN.set(name, compiled);
  return compiled;
}

function compile(element: PatternElement): CompiledActions {
  const http = compileFor(element, INVOKE);
  const tcp = compileFor(element, CONNECT);
  const truth = agree(http.truth, tcp.truth);
  return {
    http,
    tcp,
    'tls-passthrough': {
      truth,
      reasons:
        truth === UNKNOWN
          ? [
              ...http.reasons,
              'Action: open rule, whether TLS passthrough is Invoke or Connect is not documented',
            ]
          : [],
    },
  };
}

function compileFor(element: PatternElement, action: string): CompiledAction {
  const reasons: string[] = [];
  let truth: Truth = FALSE;
  for (const text of element.patterns) {
    truth = or(truth, matchAction({ text, action, notes: reasons }));
  }
  return { truth: element.negated ? not(truth) : truth, reasons };
}

/** Of letters that actions have; others have lower forms among these. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}

function matchAction(options: {
  text: string;
  action: string;
  notes: Notes;
}): Truth {
  const { text, action, notes } = options;
  const pattern = Pattern.fromText(lowerCase(text), true);
  if (!pattern.matches(action.toLowerCase())) {
    return FALSE;
  }
  if (text !== '*' && /[*?]/.test(text.split(':')[0])) {
    notes?.push(
      `Action ${text}: open rule, a wildcard in the service prefix is not documented`,
    );
    return UNKNOWN;
  }
  return TRUE;
}
