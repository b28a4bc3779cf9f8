import type { ContainerDefinition } from '../estate/containerResources';

/**
 * The script of a container whose command is `node -e SCRIPT` (or `--eval`, `-p` apart); `undefined`
 * for every other, whose program stands in its image.
 */
export function scriptOf({
  entryPoint = [],
  command = [],
}: ContainerDefinition): string | undefined {
  const words = [...entryPoint, ...command];
  const [program, option, script] = words;
  return words.length === 3 &&
    /(^|\/)node$/.test(program) &&
    ['-e', '--eval'].includes(option)
    ? script
    : undefined;
}
