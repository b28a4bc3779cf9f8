import { parseArgs } from 'node:util';
import { FULL_DAY, generateLogs } from './generateLogs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { lines: { type: 'string' }, seed: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write('Usage: generate.ts FOLDER [--lines N] [--seed N]\n');
  process.exitCode = 2;
} else {
  generateLogs(folder, {
    ...FULL_DAY,
    lines: Number(values.lines ?? FULL_DAY.lines),
    seed: Number(values.seed ?? FULL_DAY.seed),
  }).then(paths => {
    process.stdout.write(`${paths.length} files below ${folder}\n`);
  });
}
