/**
 * Key of the AWS tag that names the owner of a resource.
 *
 * @public
 */
export const OWNER_TAG = 'owner';

/**
 * Entity reference of who owns a resource: its tag `owner`, else the owner of the account.
 *
 * @remarks
 * The tag holds an entity reference; the kind defaults to `group`, the namespace to `default`.
 * A tag that is no entity reference counts as absent.
 *
 * @public
 */
export function ownerOf(options: {
  /** Tags of the resource. Absent: they could not be read. */
  tags?: Record<string, string>;
  /** Owner of the account that holds the resource, as written in the configuration. */
  accountOwner?: string;
}): string | undefined {
  return (
    toOwnerRef(options.tags?.[OWNER_TAG]) ?? toOwnerRef(options.accountOwner)
  );
}

/**
 * The full entity reference of an owner written in short, lower case as the catalog compares them.
 * Absent: the text is no entity reference.
 *
 * @public
 */
export function toOwnerRef(text: string | undefined): string | undefined {
  const match = text
    ?.trim()
    .match(/^(?:([\w.-]+):)?(?:([\w.-]+)\/)?([\w.-]+)$/);
  if (!match) {
    return undefined;
  }
  const [, kind = 'group', namespace = 'default', name] = match;
  return `${kind}:${namespace}/${name}`.toLowerCase();
}
