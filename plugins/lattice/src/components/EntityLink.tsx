import { Link, type LinkProps } from '@backstage/ui';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { entityLabel } from '../format';

/** A catalog entity by its short name, linked. */
export function EntityLink(props: {
  entityRef: string;
  variant?: LinkProps['variant'];
}) {
  const link = useEntityRefLink();
  return (
    <Link
      href={link(props.entityRef)}
      title={props.entityRef}
      variant={props.variant}
    >
      {entityLabel(props.entityRef)}
    </Link>
  );
}
