import { posix } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Manifest } from '../../estate/clusterResources';
import { ManifestError, parseManifests } from '../manifests/parseManifests';
import { objectKey } from '../manifests/objectKey';
import type { FileTree } from './FileTree';

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const image = z.strictObject({
  name: z.string(),
  newName: z.string().optional(),
  // YAML reads 1.0 as a number.
  newTag: z.coerce.string().optional(),
  digest: z.string().optional(),
});

const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1').optional(),
  kind: z.literal('Kustomization').optional(),
  metadata: z.unknown().optional(),
  resources: z.array(z.string()).default([]),
  images: z.array(image).default([]),
});

type Image = z.output<typeof image>;

/**
 * Renders a folder of a repository as kustomize does, with `resources` (files and folders of the
 * repository) and `images`. https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 *
 * @throws ManifestError where something is missing, or uses another field of kustomize.
 */
export function renderKustomization(options: {
  tree: FileTree;
  /** Folder. */
  path: string;
}): Manifest[] {
  const manifests = renderFolder(options.tree, options.path, []);
  const seen = new Set<string>();
  for (const manifest of manifests) {
    const key = objectKey('', manifest);
    if (seen.has(key)) {
      throw new ManifestError(
        `${options.path} holds ${manifest.kind} ${manifest.metadata.name} twice`,
      );
    }
    seen.add(key);
  }
  return manifests;
}

function renderFolder(
  tree: FileTree,
  folder: string,
  outer: string[],
): Manifest[] {
  const file = NAMES.map(name => posix.join(folder, name)).find(path =>
    tree.files.has(path),
  );
  if (!file) {
    throw new ManifestError(`${folder} has no kustomization.yaml`);
  }
  if (outer.includes(folder)) {
    throw new ManifestError(`${[...outer, folder].join(' → ')} is a circle`);
  }
  const { resources, images } = readKustomization(tree, file);
  if (resources.length === 0) {
    throw new ManifestError(`${file} is empty: it names no resources`);
  }
  const manifests = resources.flatMap(resource => {
    if (/^[a-z+]+:|^git@|\/\/|\?/.test(resource)) {
      throw new ManifestError(
        `${file}: ${resource} is elsewhere, and only what is in the repository can be delivered here`,
      );
    }
    const path = posix.join(folder, resource);
    if (path === '..' || path.startsWith('../') || resource.startsWith('/')) {
      throw new ManifestError(`${file}: ${resource} is outside the repository`);
    }
    const content = tree.files.get(path);
    // As kustomize does, unless it is told otherwise.
    if (content && !path.startsWith(folder === '' ? '' : `${folder}/`)) {
      throw new ManifestError(
        `${file}: ${resource} is a file outside the folder; kustomize takes only folders from elsewhere`,
      );
    }
    return content
      ? parseManifests({ text: content.toString(), path })
      : renderFolder(tree, path.replace(/\/$/, ''), [...outer, folder]);
  });
  return manifests.map(manifest => withImages(manifest, images));
}

function readKustomization(tree: FileTree, file: string) {
  let value: unknown;
  try {
    value = parse(tree.files.get(file)!.toString()) ?? {};
  } catch (error) {
    throw new ManifestError(`${file} is no YAML: ${(error as Error).message}`);
  }
  const parsed = kustomization.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ManifestError(
      issue.code === 'unrecognized_keys'
        ? `${file} uses ${issue.keys.join(
            ', ',
          )}, and only resources and images can be rendered here`
        : `${file}: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  return parsed.data;
}

/** Wherever a pod has containers: `containers` and `initContainers` at any depth. */
function withImages(manifest: Manifest, images: Image[]): Manifest {
  const replace = (value: unknown, field?: string): unknown => {
    if (Array.isArray(value)) {
      const isContainers = ['containers', 'initContainers'].includes(
        field ?? '',
      );
      return value.map(item =>
        isContainers && typeof item?.image === 'string'
          ? { ...item, image: replaceImage(item.image, images) }
          : replace(item),
      );
    }
    return value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value).map(([key, item]) => [key, replace(item, key)]),
        )
      : value;
  };
  return images.length === 0 ? manifest : (replace(manifest) as Manifest);
}

function replaceImage(text: string, images: Image[]): string {
  const [, name, suffix = ''] = /^(.+?)((?::[^:/@]+)?(?:@.+)?)$/.exec(text)!;
  const found = images.find(candidate => candidate.name === name);
  if (!found) {
    return text;
  }
  const { newName = name, newTag, digest } = found;
  if (digest) {
    return `${newName}@${digest}`;
  }
  return newTag ? `${newName}:${newTag}` : `${newName}${suffix}`;
}
