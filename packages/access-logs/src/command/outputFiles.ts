import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { fileIdOf } from '../scan/findLogFiles';
import type { ReportOptions } from './parseOptions';

/** A file that is written to, and the option that asks for it. */
interface OutputFile {
  option: string;
  path: string;
  id?: string;
}

/**
 * Makes sure that nothing is written over what is to be read.
 *
 * @throws `InputError` if a file to write is a path to read, a policy, or the other file to write, also by
 * way of links
 */
export async function refuseOverwriting(asked: ReportOptions): Promise<void> {
  const outputs = await outputsOf(asked);
  for (const input of [...asked.paths, ...asked.policyFiles]) {
    const id = await fileIdOf(input);
    for (const output of outputs) {
      if (isSame(output, { path: input, id })) {
        throw new InputError(
          `${output.option} ${output.path} would write over ${input}, which is to be read: give another file`,
        );
      }
    }
  }
  const [one, other] = outputs;
  if (other && isSame(one, other)) {
    throw new InputError(
      `${one.option} and ${other.option} name the same file: give another one for one of them`,
    );
  }
}

/** Ids of the files that are written to, as far as they are there: they have no logs. */
export async function outputIdsOf(asked: ReportOptions): Promise<Set<string>> {
  const ids = (await outputsOf(asked)).map(({ id }) => id);
  return new Set(ids.filter(id => id !== undefined));
}

async function outputsOf(asked: ReportOptions): Promise<OutputFile[]> {
  const outputs: OutputFile[] = [];
  for (const [option, path] of [
    ['--html', asked.html],
    ['--unparsed', asked.unparsed],
  ] as const) {
    if (path !== undefined) {
      outputs.push({ option, path, id: await fileIdOf(path) });
    }
  }
  return outputs;
}

function isSame(
  one: Pick<OutputFile, 'path' | 'id'>,
  other: Pick<OutputFile, 'path' | 'id'>,
): boolean {
  return (
    resolve(one.path) === resolve(other.path) ||
    (one.id !== undefined && one.id === other.id)
  );
}
