import { InputError } from '@backstage/errors';
import type { EstateFile } from './estateFileSchema';
import { stableId } from './identifiers';

const REFERENCE = /<([A-Za-z]+)\.([^<>]+)>/g;

/**
 * Replaces every `<kind.name>` in the strings of an estate file by the id or ARN it stands for.
 *
 * @remarks
 * Accounts, VPCs, security groups and prefix lists stand for their ids; everything else for its ARN.
 *
 * @throws InputError when there is nothing of that name.
 */
export function resolveReferences(file: EstateFile): EstateFile {
  const symbols = symbolsOf(file);
  return replaceIn(file, text =>
    text.replace(REFERENCE, (reference, kind: string, name: string) => {
      const value = symbols.get(`${kind}.${name}`);
      if (value === undefined) {
        throw new InputError(`The estate file refers to ${reference}`);
      }
      return value;
    }),
  );
}

function symbolsOf(file: EstateFile): Map<string, string> {
  const { region } = file;
  const symbols = new Map<string, string>();
  const accountIds = new Map<string, string>();
  for (const { id, name } of file.accounts) {
    accountIds.set(name, id);
    symbols.set(`account.${name}`, id);
  }
  const arn = (service: string, account: string, resource: string) =>
    `arn:aws:${service}:${region}:${accountIds.get(account)}:${resource}`;
  for (const { name } of file.vpcs) {
    symbols.set(`vpc.${name}`, stableId('vpc', name));
  }
  for (const { name } of file.securityGroups) {
    symbols.set(`securityGroup.${name}`, stableId('sg', name));
  }
  for (const { name } of file.prefixLists) {
    symbols.set(`prefixList.${name}`, stableId('pl', name));
  }
  for (const { name, account } of file.roles) {
    const accountId = accountIds.get(account);
    if (!accountId) {
      continue; // One in every account: its name stands for several ARNs.
    }
    symbols.set(`role.${name}`, `arn:aws:iam::${accountId}:role/${name}`);
  }
  for (const { name, account } of file.functions) {
    symbols.set(`function.${name}`, arn('lambda', account, `function:${name}`));
  }
  for (const { name, account } of file.serviceNetworks) {
    const id = stableId('sn', name);
    symbols.set(
      `network.${name}`,
      arn('vpc-lattice', account, `servicenetwork/${id}`),
    );
  }
  for (const { name, account } of file.services) {
    const id = stableId('svc', name);
    symbols.set(
      `service.${name}`,
      arn('vpc-lattice', account, `service/${id}`),
    );
  }
  for (const { name, account } of file.targetGroups) {
    const id = stableId('tg', name);
    symbols.set(
      `targetGroup.${name}`,
      arn('vpc-lattice', account, `targetgroup/${id}`),
    );
  }
  return symbols;
}

function replaceIn<T>(value: T, replace: (text: string) => string): T {
  if (typeof value === 'string') {
    return replace(value) as T;
  }
  if (Array.isArray(value)) {
    return value.map(item => replaceIn(item, replace)) as T;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        replaceIn(item, replace),
      ]),
    ) as T;
  }
  return value;
}
