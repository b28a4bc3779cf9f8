/** Who signs a commit: the user who started the run, else the portal. */
export function authorOf(user?: {
  entity?: {
    metadata: { name: string };
    spec: { profile?: { displayName?: string; email?: string } };
  };
  ref?: string;
}): { name: string; email: string } {
  const profile = user?.entity?.spec.profile;
  const name =
    profile?.displayName ??
    user?.entity?.metadata.name ??
    user?.ref ??
    'Lattice Portal';
  return { name, email: profile?.email ?? 'lattice-portal@localhost' };
}
