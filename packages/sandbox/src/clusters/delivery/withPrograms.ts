import type { Manifest, Program } from '../../estate/clusterResources';

/** Images of an account's own registry: what a repository's pipeline pushes. */
const OWN_IMAGE = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\//;

/**
 * Puts the application of a repository beside the image of each container of its Deployments that runs no
 * command of its own, where that image is one of the account's own registry.
 */
export function withPrograms(
  manifests: Manifest[],
  program: Program | undefined,
): Manifest[] {
  return program
    ? manifests.map(manifest =>
        manifest.kind === 'Deployment'
          ? withProgram(manifest, program)
          : manifest,
      )
    : manifests;
}

function withProgram(manifest: Manifest, program: Program): Manifest {
  const spec = manifest.spec as any;
  return {
    ...manifest,
    spec: {
      ...spec,
      template: {
        ...spec.template,
        spec: {
          ...spec.template.spec,
          containers: spec.template.spec.containers.map((container: any) =>
            OWN_IMAGE.test(container.image) && !container.command
              ? { ...container, program }
              : container,
          ),
        },
      },
    },
  };
}
