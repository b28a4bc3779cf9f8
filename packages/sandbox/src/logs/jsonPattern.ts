import { AwsError } from '../operations/AwsError';

type Test = (value: any) => boolean;

const TOKEN =
  /\s*(&&|\|\||[(){}]|!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|[^\s(){}=<>!&|"]+)/y;

function refuse(pattern: string): AwsError {
  return new AwsError({
    code: 'InvalidParameterException',
    message: `Invalid metric filter pattern: ${pattern}`,
  });
}

function tokenize(pattern: string): string[] {
  const tokens: string[] = [];
  const text = pattern.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) {
      throw refuse(pattern);
    }
    tokens.push(match[1]);
  }
  return tokens;
}

class Parser {
  #position = 0;

  constructor(
    private readonly tokens: string[],
    private readonly pattern: string,
  ) {}

  parse(): Test {
    this.#expect('{');
    const test = this.#any();
    this.#expect('}');
    if (this.#position !== this.tokens.length) {
      throw refuse(this.pattern);
    }
    return test;
  }

  #any(): Test {
    const tests = [this.#all()];
    while (this.#take('||')) {
      tests.push(this.#all());
    }
    return value => tests.some(test => test(value));
  }

  #all(): Test {
    const tests = [this.#one()];
    while (this.#take('&&')) {
      tests.push(this.#one());
    }
    return value => tests.every(test => test(value));
  }

  #one(): Test {
    if (this.#take('(')) {
      const test = this.#any();
      this.#expect(')');
      return test;
    }
    const selector = this.#next();
    if (!/^\$(\.[^.[\]]+|\[\d+\])+$/.test(selector)) {
      throw refuse(this.pattern);
    }
    const path = [...selector.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)].map(
      ([, name, index]) => name ?? Number(index),
    );
    const select = (value: any) =>
      path.reduce<any>((part, key) => part?.[key], value);
    const operator = this.#next();
    switch (operator.toUpperCase()) {
      case 'IS': {
        const wanted = { TRUE: true, FALSE: false, NULL: null }[
          this.#next().toUpperCase()
        ];
        if (wanted === undefined) {
          throw refuse(this.pattern);
        }
        return value => select(value) === wanted;
      }
      case 'NOT': {
        this.#expect('EXISTS');
        return value => select(value) === undefined;
      }
      case 'EXISTS':
        return value => select(value) !== undefined;
      default:
        return this.#comparison(operator, select);
    }
  }

  #comparison(operator: string, select: (value: any) => any): Test {
    const operand = this.#next();
    const number = Number(operand);
    switch (operator) {
      case '<':
        return value => select(value) < number;
      case '<=':
        return value => select(value) <= number;
      case '>':
        return value => select(value) > number;
      case '>=':
        return value => select(value) >= number;
      case '=':
        return equality(operand, select);
      case '!=': {
        const equal = equality(operand, select);
        return value => select(value) !== undefined && !equal(value);
      }
      default:
        throw refuse(this.pattern);
    }
  }

  #take(token: string): boolean {
    if (this.tokens[this.#position] === token) {
      this.#position++;
      return true;
    }
    return false;
  }

  #next(): string {
    const token = this.tokens[this.#position++];
    if (token === undefined) {
      throw refuse(this.pattern);
    }
    return token;
  }

  #expect(token: string): void {
    if (this.#next().toUpperCase() !== token) {
      throw refuse(this.pattern);
    }
  }
}

/**
 * Makes a test for log messages from a JSON filter pattern such as
 * `{ ($.responseCode = 403) && ($.authDeniedReason = "Service") }`.
 *
 * @throws AwsError InvalidParameterException
 */
export function compileJsonPattern(
  pattern: string,
): (message: string) => boolean {
  const tokens = tokenize(pattern);
  const parser = new Parser(tokens, pattern);
  const test = parser.parse();
  return message => {
    try {
      return test(JSON.parse(message));
    } catch {
      return false;
    }
  };
}

/** `*` in the wanted text stands for any characters. */
function equality(operand: string, select: (value: any) => any): Test {
  const text = operand.startsWith('"')
    ? operand.slice(1, -1).replace(/\\(.)/g, '$1')
    : operand;
  const expression = new RegExp(
    `^${text
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
  return value => {
    const selected = select(value);
    return (
      selected !== undefined &&
      selected !== null &&
      typeof selected !== 'object' &&
      expression.test(String(selected))
    );
  };
}
