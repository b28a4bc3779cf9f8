import { Link, Text } from '@backstage/ui';
import { useLatticeQuery } from '../api';
import { RelativeTime } from '../components';
import { useLatticePaths } from '../useLatticePaths';
import styles from './RelatedRequests.module.css';
import { StatusBadge } from './StatusBadge';

/** Requests that asked for this before, with what became of each. */
export function RelatedRequests(props: { ids: string[] }) {
  const { ids } = props;
  const paths = useLatticePaths();
  const query = useLatticeQuery({
    key: ['access-requests'],
    ask: api => api.listAccessRequests(),
    enabled: ids.length > 0,
  });
  const related = (query.data?.items ?? []).filter(({ id }) =>
    ids.includes(id),
  );
  if (!related.length) {
    return undefined;
  }
  return (
    <div>
      <Text as="p" color="secondary">
        Asked for before:
      </Text>
      <ul className={styles.list}>
        {related.map(({ id, status, createdAt }) => (
          <li key={id} className={styles.item}>
            <Link href={paths.request(id)}>
              asked <RelativeTime time={createdAt} />
            </Link>
            <StatusBadge status={status} />
          </li>
        ))}
      </ul>
    </div>
  );
}
