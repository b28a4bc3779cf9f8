/** Something a person has to put right: shown as one sentence, without a stack. */
export class Problem extends Error {}

/** Runs the program; a {@link Problem} becomes one sentence on stderr and exit code 1. */
export async function main(program) {
  try {
    await program();
  } catch (error) {
    if (error instanceof Problem) {
      process.stderr.write(`\n${error.message}\n`);
    } else {
      process.stderr.write(`\n${error?.stack ?? error}\n`);
    }
    process.exitCode = 1;
  }
}
