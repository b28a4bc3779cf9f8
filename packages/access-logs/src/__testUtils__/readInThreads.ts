import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { ColumnsReader } from '../columns/ColumnsReader';
import { textAt } from '../columns/recordAt';

/** Reads the files it is told in threads, all at the same time: tells what they hold, and all threads' priorities. */
async function readInThreads(paths: string[]): Promise<void> {
  const reader = ColumnsReader.create({ threads: 2 });
  const results = await Promise.all(
    paths.map(async path => {
      const texts: string[] = [];
      const reading = reader.read({
        object: { id: path, deliveredAt: 0, place: path },
        open: async function* open() {
          if (path.endsWith('missing')) {
            throw new Error('no such object');
          }
          const bytes = readFileSync(path);
          for (let start = 0; start < bytes.length; start += 1000) {
            yield bytes.subarray(start, start + 1000);
          }
        },
        isOneOfMany: true,
      });
      try {
        let next = await reading.next();
        for (; !next.done; next = await reading.next()) {
          const { columns } = next.value;
          for (let at = 0; at < columns.size; at++) {
            texts.push(textAt(columns, at));
          }
          if (path.endsWith('stopped')) {
            await reading.return(undefined as never);
            return { texts: texts.length > 0 };
          }
        }
        return { texts, problem: next.value.problem };
      } catch (error) {
        return { error: (error as Error).message };
      }
    }),
  );
  process.stdout.write(JSON.stringify({ results, priorities: priorities() }));
}

/** As of `nice`, on Linux. The first is that of the thread that asks. */
function priorities(): number[] {
  return process.platform === 'linux'
    ? readdirSync('/proc/self/task').map(thread => getPriority(Number(thread)))
    : [];
}

readInThreads(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
