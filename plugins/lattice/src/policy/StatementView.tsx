import type {
  FailedElement,
  PolicyStatement,
} from '@lattice-portal/auth-policy';
import type { ReactNode } from 'react';
import { jsonLines, type JsonLine } from './jsonLines';
import styles from './StatementView.module.css';

// `mark` says it to screen readers; its colours are the line's.
const markStyle = { background: 'none', color: 'inherit' };

/** A statement as it stands in the document, with what did not match marked. */
export function StatementView(props: {
  statement: PolicyStatement;
  caption: string;
  failed?: FailedElement[];
  added?: boolean;
  /** What more there is to say of it, below the caption. */
  note?: ReactNode;
}) {
  const { statement, caption, failed = [], added, note } = props;
  return (
    <figure className={styles.statement}>
      <figcaption className={styles.caption}>
        {caption}
        {note}
      </figcaption>
      <pre className={styles.code}>
        {jsonLines(statement).map((line, index) => {
          const failing = failed.some(element => concerns(element, line));
          const classes = [
            styles.line,
            failing ? styles.failing : '',
            added ? styles.added : '',
          ];
          const text = `${'  '.repeat(line.depth)}${line.text}`;
          return (
            <code key={index} className={classes.join(' ')}>
              {failing ? <mark style={markStyle}>{text}</mark> : text}
            </code>
          );
        })}
      </pre>
      {failed.length > 0 && (
        <ul className={styles.misses}>
          {failed.map((element, index) => (
            <li key={index} className={styles.miss}>
              <Miss element={element} />
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function Miss(props: { element: FailedElement }) {
  const { element, key, wanted, got, message } = props.element;
  return (
    <>
      <span className={styles.visuallyMarked}>{key ?? element}</span> {message}
      <dl className={styles.wanted}>
        <dt>wanted</dt>
        <dd>{wanted.join(', ') || 'nothing'}</dd>
        <dt>got</dt>
        <dd>
          {got ? got.join(', ') || 'an empty value' : 'not in the request'}
        </dd>
      </dl>
    </>
  );
}

/** Whether a line shows the element or condition key that did not match. */
export function concerns(failed: FailedElement, line: JsonLine): boolean {
  const [element, operator, key] = line.path;
  if (element !== failed.element) {
    return false;
  }
  if (!failed.key) {
    return true;
  }
  return (
    key?.toLowerCase() === failed.key.toLowerCase() &&
    (!failed.operator || operator === failed.operator)
  );
}
