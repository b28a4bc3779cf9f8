import { VisuallyHidden } from '@backstage/ui';
import type { PolicyFinding } from '@lattice-portal/auth-policy';
import { RiAlertLine, RiCheckLine, RiCloseCircleLine } from '@remixicon/react';
import styles from './LatticePolicyField.module.css';

/** What the lint says, each finding with a mark, and where it is in a document that is written by hand. */
export function FindingList(props: {
  findings: PolicyFinding[];
  hasLines: boolean;
}) {
  const { findings, hasLines } = props;
  return (
    <section aria-label="Lint" aria-live="polite">
      <h4 className={styles.subtitle}>Lint</h4>
      {findings.length === 0 ? (
        <p className={styles.finding}>
          <RiCheckLine size={18} className={styles.fine} aria-hidden="true" />
          Nothing to object to
        </p>
      ) : (
        <ul className={styles.list}>
          {findings.map((finding, index) => (
            <li key={index} className={styles.finding}>
              {finding.severity === 'error' ? (
                <RiCloseCircleLine
                  size={18}
                  className={styles.error}
                  aria-hidden="true"
                />
              ) : (
                <RiAlertLine
                  size={18}
                  className={styles.warn}
                  aria-hidden="true"
                />
              )}
              <span>
                <VisuallyHidden>{finding.severity}: </VisuallyHidden>
                {finding.message}
                {hasLines && finding.line !== undefined && (
                  <span className={styles.where}> Line {finding.line}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
