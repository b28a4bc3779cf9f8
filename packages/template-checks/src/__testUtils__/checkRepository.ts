import { posix } from 'node:path';
import { parsePolicy } from '@lattice-portal/auth-policy';
import { parse, parseAllDocuments } from 'yaml';
import { checkCustomResource } from '../kubernetes/checkCustomResource';

type Manifest = Record<string, any>;

/** Builds of the kinds that are no custom resources here, by `kubernetes-models` and its sisters. */
const MODELS: Record<string, string> = {
  'argoproj.io/v1alpha1': '@kubernetes-models/argo-cd/argoproj.io/v1alpha1',
  'kustomize.toolkit.fluxcd.io/v1':
    '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1',
  'source.toolkit.fluxcd.io/v1':
    '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1',
};

/** What a cluster's overlay holds, by following the kustomizations; and what is wrong on the way. */
export function collectOverlay(
  files: Record<string, string>,
  directory: string,
): { manifests: Manifest[]; used: string[]; problems: string[] } {
  const path = `${directory}/kustomization.yaml`;
  if (!files[path]) {
    return { manifests: [], used: [], problems: [`${path} is not there`] };
  }
  const manifests: Manifest[] = [];
  const used = [path];
  const problems: string[] = [];
  for (const resource of parse(files[path]).resources) {
    const target = posix.join(directory, resource);
    if (files[target]) {
      used.push(target);
      manifests.push(...readManifests(files[target]));
    } else {
      const below = collectOverlay(files, target);
      manifests.push(...below.manifests);
      used.push(...below.used);
      problems.push(...below.problems);
    }
  }
  return { manifests, used, problems };
}

export function readManifests(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map(document => {
      if (document.errors.length > 0) {
        throw document.errors[0];
      }
      return document.toJS();
    })
    .filter(manifest => manifest !== null);
}

/** What an API server would say of a manifest. */
export function problemsOf(manifest: Manifest): string[] {
  const { apiVersion, kind, metadata } = manifest;
  const name = `${kind} ${metadata?.name}`;
  const problems = checkCustomResource(manifest);
  if (problems) {
    return problems.map(({ path, message }) => `${name}${path} ${message}`);
  }
  const module = MODELS[apiVersion] ?? `kubernetes-models/${apiVersion}`;
  // eslint-disable-next-line @backstage/no-undeclared-imports, global-require, import/no-dynamic-require
  const Model = require(module)[kind];
  try {
    new Model(manifest).validate();
    return [];
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : error}`];
  }
}

/**
 * What the controller asks for beyond the schemas, and what has to fit together: targets of policies,
 * gateways of routes, backends, service accounts.
 */
export function looseEnds(manifests: Manifest[]): string[] {
  const has = (kind: string, name: string, namespace: string) =>
    manifests.some(
      manifest =>
        manifest.kind === kind &&
        manifest.metadata.name === name &&
        manifest.metadata.namespace === namespace,
    );
  return manifests.flatMap(manifest => {
    const { kind, metadata, spec } = manifest;
    const at = `${kind} ${metadata.name}`;
    const needed: [string, string][] = [];
    const found: string[] = [];
    if (spec?.targetRef) {
      needed.push([spec.targetRef.kind, spec.targetRef.name]);
    }
    for (const parent of spec?.parentRefs ?? []) {
      needed.push(['Gateway', parent.name]);
      const gateway = manifests.find(
        each => each.kind === 'Gateway' && each.metadata.name === parent.name,
      );
      const listener = gateway?.spec.listeners.find(
        (each: any) => each.name === parent.sectionName,
      );
      const protocol = kind === 'TLSRoute' ? 'TLS' : 'HTTPS';
      if (listener?.protocol !== protocol) {
        found.push(`${at}: no ${protocol} listener ${parent.sectionName}`);
      }
    }
    if (/Route$/.test(kind)) {
      for (const backend of spec.rules.flatMap(
        (rule: any) => rule.backendRefs,
      )) {
        needed.push([backend.kind, backend.name]);
      }
      // https://www.gateway-api-controller.eks.aws.dev/latest/api-types/tls-route/
      if (
        kind === 'TLSRoute' &&
        (spec.rules.length !== 1 || spec.hostnames?.length !== 1)
      ) {
        found.push(`${at}: exactly one rule and one host name`);
      }
    }
    if (kind === 'IAMAuthPolicy') {
      const policy = parsePolicy(spec.policy);
      if (!policy.ok) {
        found.push(...policy.problems.map(each => `${at}: ${each.message}`));
      }
    }
    const exported =
      metadata.annotations?.['application-networking.k8s.aws/service-name'];
    if (exported) {
      needed.push(['Service', exported]);
    }
    if (kind === 'Deployment') {
      needed.push(['ServiceAccount', spec.template.spec.serviceAccountName]);
    }
    return [
      ...found,
      ...needed
        .filter(([other, name]) => !has(other, name, metadata.namespace))
        .map(([other, name]) => `${at}: no ${other} ${name} beside it`),
    ];
  });
}
