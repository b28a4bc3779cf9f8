import { styleText } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { main } from './command/main';

/** The first interrupt ends a watch in peace; all else ends at once, as ever. */
function watchSignal(args: string[]): AbortSignal | undefined {
  if (!args.includes('--watch')) {
    return undefined;
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => ending.abort());
  }
  return ending.signal;
}

// A bundle has the code of the threads in the same file.
if (isMainThread) {
  const args = process.argv.slice(2);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads may have seen enough, as `head` does.
    if (error.code !== 'EPIPE') {
      throw error;
    }
  });
  main(args, {
    output: {
      out: line => process.stdout.write(`${line}\n`),
      error: line => process.stderr.write(`${line}\n`),
    },
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
    signal: watchSignal(args),
  }).then(code => {
    // Not process.exit(): output to a pipe may still be on its way.
    process.exitCode = code;
  });
}
