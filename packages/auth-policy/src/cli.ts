import { main } from './command/main';
import { paintFor } from './command/Paint';

main(process.argv.slice(2), {
  output: {
    out: line => process.stdout.write(`${line}\n`),
    error: line => process.stderr.write(`${line}\n`),
  },
  paint: paintFor({
    isTerminal: process.stdout.isTTY,
    environment: process.env,
  }),
}).then(code => {
  // Not process.exit(): output to a pipe may still be on its way.
  process.exitCode = code;
});
