import { Button, Text } from '@backstage/ui';
import type { LogSource } from '@lattice-portal/plugin-lattice-common';
import { useState } from 'react';
import { useLatticeQuery } from '../api';
import { describeDestination, Loadable, RelativeTime } from '../components';
import styles from './UnparsedLineList.module.css';

/** Lines of a log that could not be read, page by page. */
export function UnparsedLineList(props: {
  source: LogSource;
  onClose: () => void;
}) {
  const { source, onClose } = props;
  // Of the pages so far, the last is shown.
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const cursor = cursors[cursors.length - 1];
  const query = useLatticeQuery({
    key: ['unparsed-lines', source.number, cursor],
    ask: api => api.listUnparsedLines({ source: source.number, cursor }),
  });
  return (
    <section className={styles.root} aria-label="Unparsed lines">
      <div className={styles.heading}>
        <Text as="h3" variant="title-x-small" weight="bold">
          Kept aside of {describeDestination(source.id)}
        </Text>
        <Button size="small" variant="tertiary" onPress={onClose}>
          Close
        </Button>
      </div>
      <Loadable query={query} what="The lines">
        {({ items, nextCursor }) => (
          <>
            <ul className={styles.list}>
              {items.map(line => (
                <li key={line.id}>
                  <Text as="p">
                    {line.reason} · <RelativeTime time={line.time} />
                  </Text>
                  {line.place && (
                    <Text as="p" variant="body-small" color="secondary">
                      {line.place}
                    </Text>
                  )}
                  {line.text && <pre className={styles.text}>{line.text}</pre>}
                </li>
              ))}
            </ul>
            <div className={styles.heading}>
              {cursors.length > 1 && (
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => setCursors(cursors.slice(0, -1))}
                >
                  Newer
                </Button>
              )}
              {nextCursor && (
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => setCursors([...cursors, nextCursor])}
                >
                  Older
                </Button>
              )}
            </div>
          </>
        )}
      </Loadable>
    </section>
  );
}
