import { Button, type SortDescriptor, Text } from '@backstage/ui';
import { AnswerBasisLine, Loadable } from '../components';
import { formatCount } from '../format';
import styles from './CauseList.module.css';
import { CauseTable } from './CauseTable';
import type { useCauses } from './useCauses';

/** Causes, and how many of them are there to see. */
export function CauseList(props: {
  query: ReturnType<typeof useCauses>;
  short?: boolean;
  /** A filter leaves out some of the causes. */
  isNarrowed?: boolean;
  /** Ids of columns to leave out. */
  without?: string[];
  /** Absent: the table keeps its order to itself. */
  sort?: SortDescriptor;
  onSortChange?: (sort: SortDescriptor) => void;
}) {
  const { query, short, ...table } = props;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  return (
    <Loadable query={query} what="Denied requests" short={short}>
      {({ pages }) => {
        const causes = pages.flatMap(page => page.causes);
        return (
          <>
            <AnswerBasisLine basis={pages[0]} one="denied call" />
            <CauseTable {...table} causes={causes} />
            {hasNextPage && (
              <div className={styles.more}>
                <Text variant="body-small" color="secondary">
                  {`The ${formatCount(
                    causes.length,
                    'cause',
                  )} seen last; there are more. Only those shown are sorted.`}
                </Text>
                <Button
                  size="small"
                  variant="secondary"
                  isDisabled={isFetchingNextPage}
                  onPress={() => fetchNextPage()}
                >
                  Show more
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Loadable>
  );
}
