import { join } from 'node:path';
import type { PodContainer } from '../estate/clusterResources';
import { scriptOf } from './scriptOf';

/** What a worker thread runs: the text of a script, or a module on this machine. */
export type ContainerProgram = { script: string } | { module: string };

/** The program of a container; `undefined` for one whose program stands in its image. */
export function programOf(
  definition: PodContainer,
): ContainerProgram | undefined {
  const script = scriptOf(definition);
  if (script !== undefined) {
    return { script };
  }
  const { program } = definition;
  return program && { module: join(program.directory, program.main) };
}
