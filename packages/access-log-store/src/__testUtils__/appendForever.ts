import { createEmbeddedStore } from '../embedded/createEmbeddedStore';
import { batchOf } from './batchOf';

// Appends batch after batch and compacts, and says on stdout what is done. Made to be killed.
const [directory, first] = process.argv.slice(2);
const { store } = createEmbeddedStore({
  directory,
  memoryLimit: 256,
  threads: 1,
  processes: 1,
  timeoutSeconds: 60,
});

async function run() {
  for (let number = Number(first); ; number++) {
    await store.append(batchOf(number));
    process.stdout.write(`${number}\n`);
    if (number % 3 === 2) {
      await store.compact({ before: Number.MAX_SAFE_INTEGER / 2 });
    }
  }
}

run();
