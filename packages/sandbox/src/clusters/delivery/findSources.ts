import { posix } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { ManifestError } from '../manifests/parseManifests';
import { filesUnder, type FileTree } from './FileTree';

/** What a cluster is to hold, by a file of a repository. */
export interface Source {
  cluster: string;
  /** Kind and name of the object that says so. */
  name: string;
  /** Folder of the repository. */
  path: string;
  /** For objects that name no namespace. */
  namespace: string;
}

const application = z.looseObject({
  kind: z.literal('Application'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    source: z.looseObject({
      repoURL: z.string(),
      targetRevision: z.string().default('HEAD'),
      path: z.string(),
    }),
    destination: z.looseObject({
      name: z.string(),
      namespace: z.string().default('default'),
    }),
    syncPolicy: z.looseObject({
      automated: z.looseObject({ prune: z.literal(true) }),
    }),
  }),
});

const gitRepository = z.looseObject({
  kind: z.literal('GitRepository'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    url: z.string(),
    ref: z.looseObject({ branch: z.string() }).optional(),
  }),
});

const kustomization = z.looseObject({
  kind: z.literal('Kustomization'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    sourceRef: z.looseObject({
      kind: z.literal('GitRepository'),
      name: z.string(),
    }),
    path: z.string().default('.'),
    prune: z.literal(true),
    targetNamespace: z.string().default('default'),
  }),
});

/**
 * Finds what a repository delivers: `argocd/CLUSTER/` holds Applications, `flux/CLUSTER/` GitRepositories
 * with Kustomizations. They count as if somebody had applied them.
 *
 * @remarks
 * Only what follows `main` of the repository itself, by itself, with pruning: else a file says one thing
 * and the cluster holds another.
 *
 * @throws ManifestError where a file asks for something else.
 */
export function findSources(options: {
  tree: FileTree;
  /** Name of the repository. */
  repository: string;
}): Source[] {
  const { tree, repository } = options;
  return [
    ...documentsUnder(tree, 'argocd').map(document =>
      readApplication(document, repository),
    ),
    ...fluxSources(documentsUnder(tree, 'flux'), repository),
  ];
}

interface Document {
  /** Path of the file. */
  file: string;
  cluster: string;
  value: unknown;
}

function documentsUnder(tree: FileTree, top: string): Document[] {
  return filesUnder(tree, top)
    .filter(path => /\.ya?ml$/.test(path) && path.split('/').length > 2)
    .flatMap(file =>
      parseAllDocuments(tree.files.get(file)!.toString()).flatMap(document => {
        const [problem] = document.errors;
        if (problem) {
          throw new ManifestError(`${file} is no YAML: ${problem.message}`);
        }
        const value = document.toJS();
        return value ? [{ file, cluster: file.split('/')[1], value }] : [];
      }),
    );
}

function readApplication(document: Document, repository: string): Source {
  const { metadata, spec } = read(document, application);
  const { repoURL, targetRevision, path } = spec.source;
  checkRepository(document, repoURL, repository);
  checkBranch(document, targetRevision);
  const { name, namespace } = spec.destination;
  return {
    cluster: name,
    name: `Application ${metadata.name}`,
    path: folder(path),
    namespace,
  };
}

function fluxSources(documents: Document[], repository: string): Source[] {
  const repositories = documents.filter(
    ({ value }) => (value as any).kind === 'GitRepository',
  );
  return documents
    .filter(document => !repositories.includes(document))
    .map(document => {
      const { metadata, spec } = read(document, kustomization);
      const source = repositories
        .filter(({ cluster }) => cluster === document.cluster)
        .map(candidate => read(candidate, gitRepository))
        .find(candidate => candidate.metadata.name === spec.sourceRef.name);
      if (!source) {
        throw new ManifestError(
          `${document.file}: there is no GitRepository ${spec.sourceRef.name} in flux/${document.cluster}`,
        );
      }
      checkRepository(document, source.spec.url, repository);
      checkBranch(document, source.spec.ref?.branch ?? 'master');
      return {
        cluster: document.cluster,
        name: `Kustomization ${metadata.name}`,
        path: folder(spec.path),
        namespace: spec.targetNamespace,
      };
    });
}

function read<T extends z.ZodType>(document: Document, schema: T): z.output<T> {
  const parsed = schema.safeParse(document.value);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new ManifestError(
      `${document.file} can't be followed here: ${path.join('.')}: ${message}`,
    );
  }
  return parsed.data;
}

/** Hosts differ between here and where the repository is cloned from: its name counts. */
function checkRepository(
  { file }: Document,
  url: string,
  repository: string,
): void {
  const name = url.replace(/\/+$/, '').split(/[/:]/).at(-1);
  if (name?.replace(/\.git$/, '') !== repository) {
    throw new ManifestError(
      `${file} follows ${url}, and only the repository ${repository} itself can be followed here`,
    );
  }
}

function checkBranch({ file }: Document, branch: string): void {
  if (!['main', 'HEAD', 'refs/heads/main'].includes(branch)) {
    throw new ManifestError(
      `${file} follows ${branch}, and only main can be followed here`,
    );
  }
}

function folder(path: string): string {
  const normal = posix.normalize(path).replace(/\/$/, '');
  if (normal === '..' || normal.startsWith('../') || normal.startsWith('/')) {
    throw new ManifestError(`${path} is outside the repository`);
  }
  return normal === '.' ? '' : normal;
}
