import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../estate/clusterResources';
import { kindSchemas, type KnownKind, manifestSchema } from './manifestSchema';

/** Something in a repository that can't be delivered: what, where, and what to do. */
export class ManifestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ManifestError';
  }
}

/** Groups of which a cluster has the kinds known here, and no others. */
const GROUPS = [
  'gateway.networking.k8s.io/',
  'application-networking.k8s.aws/',
];

/**
 * Reads the objects of a YAML file.
 *
 * @throws ManifestError where it is no YAML, or an object would be refused by the cluster.
 */
export function parseManifests(options: {
  text: string;
  /** For messages. */
  path: string;
}): Manifest[] {
  const { text, path } = options;
  return parseAllDocuments(text).flatMap(document => {
    const [problem] = document.errors;
    if (problem) {
      throw new ManifestError(`${path} is no YAML: ${problem.message}`);
    }
    const value = document.toJS();
    return value === null || value === undefined
      ? []
      : [parseManifest(value, path)];
  });
}

function parseManifest(value: unknown, path: string): Manifest {
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) {
    throw refused(path, 'an object', parsed.error.issues[0]);
  }
  const manifest = parsed.data as Manifest;
  const what = `${manifest.kind} ${manifest.metadata.name}`;
  const schema = kindSchemas[kindOf(manifest)];
  if (schema) {
    const checked = schema.safeParse(manifest);
    if (!checked.success) {
      throw refused(path, what, checked.error.issues[0]);
    }
  } else if (GROUPS.some(group => manifest.apiVersion.startsWith(group))) {
    throw new ManifestError(
      `${path}: the cluster has no kind ${manifest.kind} of ${manifest.apiVersion}`,
    );
  }
  return manifest;
}

/** API version and kind; `undefined` would be one that nothing acts on. */
export function kindOf({ apiVersion, kind }: Manifest): KnownKind {
  return `${apiVersion}/${kind}` as KnownKind;
}

function refused(
  path: string,
  what: string,
  issue: { path: PropertyKey[]; message: string },
): ManifestError {
  return new ManifestError(
    `${path}: ${what} is refused: ${issue.path.join('.')}: ${issue.message}`,
  );
}
