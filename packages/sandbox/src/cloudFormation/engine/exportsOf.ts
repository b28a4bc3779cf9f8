import { Stack, StackOutput } from './Stack';
import { StackStore } from './StackStore';

type Place = Pick<Stack, 'accountId' | 'region'>;

/** The stacks of an account and region that count for exports and imports. */
function present(store: StackStore, place: Place): Stack[] {
  return store.list(place).filter(({ status }) => status !== 'DELETE_COMPLETE');
}

/** Everything that the stacks of an account and region export, by name. */
export function exportsOf(
  store: StackStore,
  place: Place,
): Map<string, { stack: Stack; value: string }> {
  return new Map(
    present(store, place).flatMap(stack =>
      stack.outputs
        .filter(({ exportName }) => exportName !== undefined)
        .map(({ exportName, value }) => [exportName!, { stack, value }]),
    ),
  );
}

/** Names of the stacks that use an export. */
export function importersOf(
  store: StackStore,
  place: Place,
  exportName: string,
): string[] {
  return present(store, place)
    .filter(({ imports }) => imports.includes(exportName))
    .map(({ name }) => name)
    .sort();
}

/** Names as CloudFormation puts them into a sentence. */
export function enumeration(names: string[]): string {
  return names.length > 1
    ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
    : names.join();
}

/**
 * Why the outputs of a stack can't take the place of its present ones: an export is in use, or
 * another stack has its name.
 */
export function exportProblem(
  store: StackStore,
  stack: Stack,
  outputs: StackOutput[],
): string | undefined {
  const others = exportsOf(store, stack);
  for (const { exportName } of outputs) {
    const owner = exportName && others.get(exportName)?.stack.id;
    if (owner && owner !== stack.id) {
      return `Export with name ${exportName} is already exported by stack ${
        others.get(exportName!)!.stack.name
      }.`;
    }
  }
  for (const { exportName, value } of stack.outputs) {
    const users = exportName ? importersOf(store, stack, exportName) : [];
    const next = outputs.find(output => output.exportName === exportName);
    if (users.length > 0 && next?.value !== value) {
      return `Export ${exportName} cannot be ${
        next ? 'updated' : 'deleted'
      } as it is in use by ${enumeration(users)}`;
    }
  }
  return undefined;
}
