import {
  ANY,
  Positions,
  STAR,
  Steps,
  advance,
  isAccepted,
  startOf,
} from './Wildcards';

/** A pattern and where it is in it when the text begins. */
export interface Machine {
  steps: Steps;
  start: Positions;
}

/** A text for every combination of patterns that some text matches. */
export interface TextClasses {
  texts: string[];
  /** Whether no combination is missing. */
  complete: boolean;
}

interface State {
  positions: Positions[];
  text: string;
  /** Holds something whose reading AWS doesn't document, such as `//` in a path. */
  isOdd: boolean;
}

const SLASH = 47;
const MOST_STATES = 2000;
const FRESH = 'xyzwqjkvu0123456789';
const FRESH_METHODS = FRESH.toUpperCase();

/**
 * Finds texts that between them match and don't match the patterns in all ways possible:
 * the shortest for each.
 *
 * It follows all patterns at once from character to character. What matters of a text is
 * where it has led in each pattern, so there are few enough states to see them all.
 */
export function textClasses(options: {
  machines: readonly Machine[];
  /** The text is a path: it begins with a slash. */
  isPath?: boolean;
  upperCase?: boolean;
}): TextClasses {
  const { machines, isPath = false, upperCase = false } = options;
  const alphabet = alphabetOf(machines, upperCase ? FRESH_METHODS : FRESH);
  const first: State = {
    positions: machines.map(({ start }) => start),
    text: '',
    isOdd: false,
  };
  const queue = isPath
    ? [next({ state: first, machines, code: SLASH })]
    : [first];
  const seen = new Set<string>();
  const plain = new Map<string, string>();
  const odd = new Map<string, string>();
  for (const state of queue) {
    const { positions, text, isOdd } = state;
    const endsOdd = isPath && text.endsWith('/') && text.length > 1;
    const key = `${positions.map(each => each.join(',')).join(';')}${
      isPath ? `${isOdd}${text.endsWith('/')}` : text === ''
    }`;
    if (seen.has(key)) {
      continue;
    }
    seen.add(key);
    const vector = machines
      .map(({ steps }, index) => (isAccepted(steps, positions[index]) ? 1 : 0))
      .join('');
    const found = isOdd || endsOdd || text === '' ? odd : plain;
    if (!found.has(vector)) {
      found.set(vector, text);
    }
    if (seen.size >= MOST_STATES) {
      break;
    }
    for (const code of alphabet) {
      const following = next({ state, machines, code });
      following.isOdd ||= isPath && /\/\/|\/\.|[%#\\]/.test(following.text);
      queue.push(following);
    }
  }
  const texts = new Map([...odd, ...plain]);
  const complete = seen.size < MOST_STATES;
  // Where there were too many states, at least a text for each pattern.
  const more = complete ? [] : machines.map(each => instanceOf(each, isPath));
  return { texts: [...new Set([...texts.values(), ...more])], complete };
}

/** A text that a pattern matches: nothing for `*`, any character for `?`. */
function instanceOf({ steps, start }: Machine, isPath: boolean): string {
  const text = steps
    .slice(start[0] ?? steps.length)
    .filter(step => step !== STAR)
    .map(step => (step === ANY ? 'x' : String.fromCharCode(step)))
    .join('');
  return isPath && !text.startsWith('/') ? `/${text}` : text;
}

/** A pattern from its beginning, or from behind a text that is before. */
export function machineOf(steps: Steps, before = ''): Machine {
  let start = startOf(steps);
  for (let index = 0; index < before.length; index += 1) {
    start = advance(steps, start, before.charCodeAt(index));
  }
  return { steps, start };
}

function next(options: {
  state: State;
  machines: readonly Machine[];
  code: number;
}): State {
  const { state, machines, code } = options;
  return {
    positions: machines.map(({ steps }, index) =>
      advance(steps, state.positions[index], code),
    ),
    text: state.text + String.fromCharCode(code),
    isOdd: state.isOdd,
  };
}

/** All characters that a pattern tells apart, and one that none does. */
function alphabetOf(machines: readonly Machine[], fresh: string): number[] {
  const codes = new Set<number>();
  for (const { steps, start } of machines) {
    for (const step of steps.slice(start[0] ?? steps.length)) {
      if (step !== STAR && step !== ANY) {
        codes.add(step);
      }
    }
  }
  const free = [...fresh].find(letter => !codes.has(letter.charCodeAt(0)));
  return free === undefined ? [...codes] : [free.charCodeAt(0), ...codes];
}
