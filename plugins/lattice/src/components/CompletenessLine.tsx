import type { Completeness } from '@lattice-portal/plugin-lattice-common';
import { formatCount, formatNumber } from '../format';
import { describeAccounts, describeSources } from './describeAccounts';
import styles from './CompletenessLine.module.css';
import { foldAlike } from './foldAlike';
import { useNow } from './useNow';

/** How complete what is on the screen is. Always there, so that nothing missing looks like nothing there. */
export function CompletenessLine(props: { completeness: Completeness }) {
  const now = useNow();
  const { linesRead, stored, connections, duplicates, twins, unparsed } =
    props.completeness;
  const { accounts, sources } = props.completeness;
  const repeats = [
    ...(connections
      ? [`${formatCount(connections, 'connection')} to resources`]
      : []),
    ...(twins ? [`${formatNumber(twins)} seen in another log too`] : []),
    ...(duplicates ? [`${formatNumber(duplicates)} delivered again`] : []),
  ];
  const missing =
    linesRead - stored - connections - duplicates - twins - unparsed;
  const notes = foldAlike([
    ...describeAccounts(accounts, now),
    ...describeSources(sources, now),
  ]);
  return (
    <footer className={styles.root} aria-label="Completeness">
      <ul className={styles.list}>
        <li className={styles.item} title={describeSum(props.completeness)}>
          {formatCount(stored, 'call')} from{' '}
          {formatCount(linesRead, 'log line')}
          {repeats.length > 0 && ` (${repeats.join(', ')})`}
        </li>
        <li
          className={`${styles.item} ${unparsed ? styles.attention : ''}`}
          title="Lines kept aside because they could not be understood"
        >
          {formatNumber(unparsed)} unparsed
        </li>
        {missing !== 0 && (
          <li className={`${styles.item} ${styles.attention}`}>
            {formatNumber(Math.abs(missing))} unaccounted for
          </li>
        )}
        {sources.length === 0 && (
          <li className={`${styles.item} ${styles.attention}`}>
            no access log is being read
          </li>
        )}
        {notes.map(note => (
          <li
            key={note.id}
            className={`${styles.item} ${styles.attention}`}
            title={note.detail}
          >
            {note.text}
          </li>
        ))}
      </ul>
    </footer>
  );
}

function describeSum(completeness: Completeness): string {
  const { linesRead, stored, connections, duplicates, twins, unparsed } =
    completeness;
  return [
    `${formatNumber(stored)} calls`,
    `+ ${formatCount(connections, 'connection')} to resource configurations`,
    `+ ${formatNumber(
      twins,
    )} lines of calls that a second log has too, such as the network's and the service's`,
    `+ ${formatCount(duplicates, 'line')} delivered again`,
    `+ ${formatCount(unparsed, 'line')} kept aside because not understood`,
    `= ${formatCount(linesRead, 'line')} read`,
  ].join('\n');
}
