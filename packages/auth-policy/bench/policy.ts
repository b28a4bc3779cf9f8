import { DecideOptions, compilePolicy, decide, decideOutcome } from '../src';
import { ratesPerSecond } from './Stopwatch';
import { packageSize } from './packageSize';
import { samplePolicy, sampleRequests } from './samples';

const SIZES = [20, 40, 80, 160];
const MAX_KILOBYTES = 40;
const TARGETS = { decide: 300_000, explain: 40_000, compile: 5_000 };

/** Requests with a policy of so many statements in each of the three layers. */
function prepare(statements: number): DecideOptions[] {
  const resource = () => ({
    authType: 'AWS_IAM' as const,
    policy: compilePolicy(samplePolicy({ statements, kind: 'resource' })),
  });
  const layers = {
    network: resource(),
    service: resource(),
    identity: {
      policies: [
        compilePolicy(samplePolicy({ statements, kind: 'identity' }), {
          kind: 'identity',
        }),
      ],
    },
  };
  return sampleRequests({ count: 1000, statements }).map(request => ({
    request,
    ...layers,
  }));
}

type Work = () => number;

function deciding(
  decideOne: (options: DecideOptions) => unknown,
  cases: DecideOptions[],
): Work {
  return () => {
    for (const options of cases) {
      decideOne(options);
    }
    return cases.length;
  };
}

/** Texts that differ, so that none is found compiled. */
function reading(readOne: (text: string) => unknown, statements: number): Work {
  let seed = 0;
  const template = JSON.stringify(
    samplePolicy({ statements, kind: 'resource', seed: 7777777 }),
  );
  return () => {
    for (let index = 0; index < 20; index += 1) {
      seed += 1;
      readOne(template.split('7777777').join(String(seed)));
    }
    return 20;
  };
}

function print(rows: string[][]): void {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0
        ? cell.padEnd(widths[column])
        : cell.padStart(widths[column]),
    );
    process.stdout.write(`${cells.join('  ')}\n`);
  }
}

function format(rate: number): string {
  return Math.round(rate).toLocaleString('en-US');
}

const isDenied = (options: DecideOptions) =>
  decideOutcome(options) === 'denied';
// Without waiting for the first decision to compile the statements.
const compile = (text: string) => compilePolicy(text).prepare();

const cases = SIZES.map(prepare);
const measured = {
  compile: ratesPerSecond(SIZES.map(size => reading(compile, size))),
  json: ratesPerSecond(SIZES.map(size => reading(JSON.parse, size))),
  decide: ratesPerSecond(cases.map(each => deciding(decideOutcome, each))),
  explain: ratesPerSecond(cases.map(each => deciding(decide, each))),
  denied: ratesPerSecond(
    cases.map(each => deciding(decide, each.filter(isDenied))),
  ),
};
const rows = [
  ['statements in each of 3 layers', ...SIZES.map(String)],
  ['decide, per second', ...measured.decide.map(format)],
  ['explain, per second', ...measured.explain.map(format)],
  ['  denied calls alone', ...measured.denied.map(format)],
  ['compile, policies per second', ...measured.compile.map(format)],
  ['  JSON.parse of the same texts', ...measured.json.map(format)],
];
for (const name of ['decide', 'explain', 'compile'] as const) {
  const [first, ...others] = measured[name];
  rows.push([
    `cost of ${name} against ${SIZES[0]} statements`,
    '1.0×',
    ...others.map(rate => `${(first / rate).toFixed(1)}×`),
  ]);
}
for (const [name, target] of Object.entries(TARGETS)) {
  const [rate] = measured[name as keyof typeof TARGETS];
  rows.push([
    `${name} against the target of ${format(target)}`,
    `${(rate / target).toFixed(2)}×`,
    '',
    '',
    '',
  ]);
}
packageSize().then(bytes => {
  rows.push([
    `minified and gzipped, against ${MAX_KILOBYTES} kB`,
    `${(bytes / 1000).toFixed(1)} kB`,
    '',
    '',
    '',
  ]);
  print(rows);
});
