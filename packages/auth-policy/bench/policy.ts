import { DecideOptions, compilePolicy, decide, decideOutcome } from '../src';
import { ratePerSecond } from './Stopwatch';
import { samplePolicy, sampleRequests } from './samples';

const SIZES = [20, 40, 80, 160];
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

function rateOf(work: (options: DecideOptions) => unknown) {
  return (cases: DecideOptions[]) =>
    ratePerSecond(() => {
      for (const options of cases) {
        work(options);
      }
      return cases.length;
    });
}

/** Texts that differ, so that none is found compiled. */
function compileRate(statements: number): number {
  let seed = 0;
  const template = JSON.stringify(
    samplePolicy({ statements, kind: 'resource', seed: 7777777 }),
  );
  return ratePerSecond(() => {
    for (let index = 0; index < 20; index += 1) {
      seed += 1;
      // Without waiting for the first decision to compile the statements.
      compilePolicy(template.split('7777777').join(String(seed))).prepare();
    }
    return 20;
  });
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

const decideRate = rateOf(decideOutcome);
const explainRate = rateOf(decide);
const isDenied = (options: DecideOptions) =>
  decideOutcome(options) === 'denied';

const rows = [['statements in each of 3 layers', ...SIZES.map(String)]];
const measured = { decide: [0], explain: [0], compile: [0] };
const denied: number[] = [];
measured.decide = SIZES.map(size => decideRate(prepare(size)));
measured.explain = SIZES.map(size => explainRate(prepare(size)));
measured.compile = SIZES.map(compileRate);
for (const size of SIZES) {
  denied.push(explainRate(prepare(size).filter(isDenied)));
}
rows.push(
  ['decide, per second', ...measured.decide.map(format)],
  ['explain, per second', ...measured.explain.map(format)],
  ['  denied calls alone', ...denied.map(format)],
  ['compile, policies per second', ...measured.compile.map(format)],
);
for (const name of ['decide', 'explain', 'compile'] as const) {
  const [first, ...others] = measured[name];
  rows.push([
    `cost of ${name} against 20 statements`,
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
print(rows);
