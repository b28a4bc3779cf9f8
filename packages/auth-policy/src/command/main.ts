import { parseArgs } from 'node:util';
import { LintPolicyOptions } from '../lint/lintPolicy';
import { Output } from './Output';
import { Paint } from './Paint';
import { messageOf } from './messageOf';
import { runDecide } from './runDecide';
import { runDiff } from './runDiff';
import { runExplain } from './runExplain';
import { runLint } from './runLint';
import { runTest } from './runTest';

const USAGE = `Usage: lattice-policy COMMAND

  decide --case FILE|FOLDER   What the policies make of a call to a VPC Lattice
                              service, as JSON. FILE holds one case; of a FOLDER
                              every *.json file is decided, one line each.
  explain --case FILE         The same for people.
  lint FILE…                  What is wrong with policies or probably not meant.
       --protocol PROTOCOL    HTTP, GRPC or TLS_PASSTHROUGH.
  test SUITE…                 Runs YAML suites of cases with expectations.
  diff A B                    Which requests two policies treat differently.

  --identity                  For lint and diff: the files are identity-based
                              policies.

Exit code: 0 if all is well; 1 for errors that lint found, cases that failed, and
policies that differ; 2 for input that can't be read.`;

const PROTOCOLS = ['HTTP', 'GRPC', 'TLS_PASSTHROUGH'] as const;

/**
 * The command line.
 *
 * @returns the exit code.
 */
export async function main(
  args: string[],
  options: { output: Output; paint: Paint },
): Promise<number> {
  const { output } = options;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        case: { type: 'string' },
        help: { type: 'boolean' },
        identity: { type: 'boolean' },
        protocol: { type: 'string' },
      },
    });
    if (values.help) {
      output.out(USAGE);
      return 0;
    }
    const [command, ...files] = positionals;
    if (values.case !== undefined && files.length === 0) {
      switch (command) {
        case 'decide':
          return await runDecide(values.case, output);
        case 'explain':
          return await runExplain(values.case, options);
        default:
      }
    } else if (files.length > 0) {
      switch (command) {
        case 'lint':
          return await runLint(files, {
            ...options,
            lint: lintOptions(values),
          });
        case 'test':
          return await runTest(files, options);
        case 'diff':
          if (files.length === 2) {
            const { kind } = lintOptions(values);
            return await runDiff(files, { ...options, diff: { kind } });
          }
          break;
        default:
      }
    }
    output.error(USAGE);
    return 2;
  } catch (error) {
    output.error(messageOf(error));
    return 2;
  }
}

function lintOptions(values: {
  identity?: boolean;
  protocol?: string;
}): LintPolicyOptions {
  const protocol = PROTOCOLS.find(known => known === values.protocol);
  if (values.protocol !== undefined && !protocol) {
    throw new Error(`--protocol takes one of ${PROTOCOLS.join(', ')}`);
  }
  return { kind: values.identity ? 'identity' : 'resource', protocol };
}
