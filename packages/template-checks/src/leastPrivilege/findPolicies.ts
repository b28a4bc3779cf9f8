import { isRecord } from '../cloudFormation/templateValues';
import type { Path } from '../cloudFormation/templateValues';

/** What a policy is put on: what it lets somebody do, who may come to a resource, who may become a role. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** A policy document in a template. */
export interface FoundPolicy {
  kind: PolicyKind;
  path: Path;
  document: Record<string, any>;
}

/**
 * All policy documents of a template's resources, wherever they stand: inline and managed policies, trust
 * policies, policies of buckets, keys, topics, repositories and VPC Lattice. Documents given as JSON text are
 * read too; the templates of stack sets are not, they are files of their own.
 */
export function findPolicies(template: Record<string, any>): FoundPolicy[] {
  return Object.entries<any>(template.Resources ?? {}).flatMap(
    ([logicalId, { Type, Properties }]) =>
      findBelow(Properties, ['Resources', logicalId, 'Properties'], Type),
  );
}

function findBelow(value: unknown, path: Path, type: string): FoundPolicy[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      findBelow(item, [...path, index], type),
    );
  }
  if (typeof value === 'string' && /^\s*\{[^]*"Statement"/.test(value)) {
    const document: unknown = JSON.parse(value);
    return isRecord(document) && document.Statement
      ? findBelow(document, path, type)
      : [];
  }
  if (!isRecord(value)) {
    return [];
  }
  if (value.Statement !== undefined) {
    return [{ kind: kindOf(path, type), path, document: value }];
  }
  return Object.entries(value).flatMap(([key, item]) =>
    findBelow(item, [...path, key], type),
  );
}

function kindOf(path: Path, type: string): PolicyKind {
  if (path.includes('AssumeRolePolicyDocument')) {
    return 'trust';
  }
  return type.startsWith('AWS::IAM::') ? 'identity' : 'resource';
}

/** The statements of a document with their paths, those in branches of `Fn::If` included. */
export function statementsOf({
  document,
  path,
}: Pick<FoundPolicy, 'document' | 'path'>): {
  path: Path;
  statement: Record<string, any>;
}[] {
  const collect = (value: unknown, at: Path): any[] => {
    if (Array.isArray(value)) {
      return value.flatMap((item, index) => collect(item, [...at, index]));
    }
    if (!isRecord(value)) {
      return [];
    }
    if (Array.isArray(value['Fn::If'])) {
      return value['Fn::If']
        .slice(1)
        .flatMap((item, index) => collect(item, [...at, 'Fn::If', index + 1]));
    }
    return value.Effect === undefined ? [] : [{ path: at, statement: value }];
  };
  return collect(document.Statement, [...path, 'Statement']);
}
