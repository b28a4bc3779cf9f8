#!/usr/bin/env node
import { main } from './command/main';

main(process.argv.slice(2), {
  out: line => process.stdout.write(`${line}\n`),
}).catch(error => {
  const { name, message } = error as Error;
  process.stderr.write(`Nothing more was published. ${name}: ${message}\n`);
  process.exitCode = 1;
});
