import { BoundedMap } from '../BoundedMap';
import { CompiledPolicy } from '../decide/CompiledPolicy';
import { PolicyKind } from '../parse/Policy';
import { DecideOptions } from '../types';
import { AnySituation } from './arbitraries/anySituation';
import { OracleStatement } from './oracle';

/** What stands for a list of statements. */
type Write = (statements: OracleStatement[], kind: PolicyKind) => object;

const LISTS = 100;
const COMPILED = {
  '2012-10-17': BoundedMap.create<OracleStatement[], CompiledPolicy>(LISTS),
  '2008-10-17': BoundedMap.create<OracleStatement[], CompiledPolicy>(LISTS),
};

function documentOf(
  statements: OracleStatement[],
  version: AnySituation['version'],
): object {
  return { Version: version, Statement: statements };
}

function attachmentOf(
  given: AnySituation['network'],
  write: Write,
): DecideOptions['network'] {
  switch (given) {
    case 'NONE':
      return { authType: 'NONE' };
    case 'no-policy':
      return { authType: 'AWS_IAM' };
    case 'unreadable':
      return { unreadable: 'forbidden' };
    default:
      return { authType: 'AWS_IAM', policy: write(given, 'resource') };
  }
}

function optionsWith(situation: AnySituation, write: Write): DecideOptions {
  const { request, network, service, identity, limits } = situation;
  const { permissionsBoundary, sessionPolicies } = limits;
  const policiesOf = (documents: OracleStatement[][]) => ({
    policies: documents.map(each => write(each, 'identity')),
  });
  const identityOf = (): DecideOptions['identity'] => {
    switch (identity) {
      case 'not-known':
        return undefined;
      case 'unreadable':
        return { unreadable: 'forbidden' };
      default:
        return policiesOf(identity);
    }
  };
  return {
    request,
    network: attachmentOf(network, write),
    service: attachmentOf(service, write),
    identity: identityOf(),
    limits: {
      ...(permissionsBoundary
        ? { permissionsBoundary: policiesOf(permissionsBoundary) }
        : {}),
      ...(sessionPolicies
        ? { sessionPolicies: policiesOf(sessionPolicies) }
        : {}),
      serviceControlPolicies: limits.serviceControlPolicies.map(policiesOf),
    },
  };
}

/** A situation as the engine takes it; the same list is compiled once. */
export function optionsOf(situation: AnySituation): DecideOptions {
  const { version } = situation;
  const compiled = COMPILED[version];
  return optionsWith(situation, (statements, kind) => {
    const known = compiled.get(statements);
    if (known) {
      return known;
    }
    const policy = CompiledPolicy.create(documentOf(statements, version), kind);
    compiled.set(statements, policy);
    return policy;
  });
}

/** The same with documents as they are written, for what changes them. */
export function writtenOptionsOf(situation: AnySituation): DecideOptions {
  return optionsWith(situation, statements =>
    documentOf(statements, situation.version),
  );
}
