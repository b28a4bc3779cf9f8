import { diffLines } from './diffLines';
import styles from './TextDiff.module.css';

const signs = { same: '  ', added: '+ ', removed: '- ' };

/** Two documents and what differs; JSON is laid out first, so that only meaning shows. */
export function TextDiff(props: { before?: string; after: string }) {
  const lines = diffLines(pretty(props.before ?? ''), pretty(props.after));
  return (
    <pre className={styles.diff} aria-label="Difference of the text">
      {lines.map((line, index) => (
        <code
          key={index}
          className={`${styles.line} ${
            line.kind === 'same' ? '' : styles[line.kind]
          }`}
        >
          {signs[line.kind]}
          {line.text}
        </code>
      ))}
    </pre>
  );
}

function pretty(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), undefined, 2);
  } catch {
    return document;
  }
}
