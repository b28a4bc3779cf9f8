import { Alert, Flex, Skeleton } from '@backstage/ui';
import { Fragment, type ReactNode } from 'react';
import { formatRelative } from '../format';
import { ErrorState, errorMessage } from './ErrorState';
import styles from './Loadable.module.css';
import { useNow } from './useNow';

/** The part of a query this looks at. */
export interface LoadableQuery<T> {
  data: T | undefined;
  error: unknown;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

/**
 * Skeleton, error or content of a query; content that could not be renewed says its age.
 */
export function Loadable<T>(props: {
  query: LoadableQuery<T>;
  /** What is loaded, as the start of a sentence: `The service map`. */
  what: string;
  skeleton?: ReactNode;
  /** Of several parts of a page: leaves the advice of an error to another. */
  short?: boolean;
  children: (data: T) => ReactNode;
}) {
  const { query, what, skeleton, children } = props;
  const now = useNow();
  if (query.data !== undefined) {
    return (
      <>
        {Boolean(query.error) && (
          <div className={styles.stale}>
            <Alert
              status="warning"
              icon
              title={`${what} as of ${formatRelative(
                new Date(query.dataUpdatedAt).toISOString(),
                now,
              )}; it can't be renewed at the moment`}
              description={errorMessage(query.error)}
            />
          </div>
        )}
        <Fragment key="content">{children(query.data)}</Fragment>
      </>
    );
  }
  if (query.error) {
    return (
      <ErrorState
        title={`${what} could not be loaded`}
        error={query.error}
        onRetry={() => query.refetch()}
        short={props.short}
      />
    );
  }
  return (
    <div
      className={styles.loading}
      role="status"
      aria-label={`${what} is loading`}
    >
      {skeleton ?? <LinesSkeleton lines={6} />}
    </div>
  );
}

/** Lines as wide as text. */
export function LinesSkeleton(props: { lines: number }) {
  return (
    <Flex direction="column" gap="3">
      {Array.from({ length: props.lines }, (_, line) => (
        <Skeleton key={line} height={20} width={`${90 - (line % 3) * 15}%`} />
      ))}
    </Flex>
  );
}
