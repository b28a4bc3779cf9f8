import type { LayerVerdict } from '@lattice-portal/auth-policy';
import { formatCount } from '../format';
import { describeStatementReference } from './describeStatementReference';
import type { ReactNode } from 'react';
import styles from './LayerDocument.module.css';
import { parseStatements } from './parseStatements';
import { StatementView } from './StatementView';

const NEAREST = 2;

/** The statements of a document that matter for a layer's result; the others fold away. */
export function LayerDocument(props: {
  document: string;
  verdict?: LayerVerdict;
  /** Position of the document among the layer's policies. */
  policyIndex?: number;
  /** What more there is to say of a statement, by its position. */
  noteFor?: (index: number) => ReactNode;
}) {
  const { document, verdict, policyIndex, noteFor } = props;
  const statements = parseStatements(document);
  if (!statements) {
    return <pre className={styles.raw}>{document}</pre>;
  }
  const here = (reference: { policyIndex?: number }) =>
    reference.policyIndex === undefined ||
    policyIndex === undefined ||
    reference.policyIndex === policyIndex;
  const deciding =
    verdict?.statement && here(verdict.statement)
      ? verdict.statement
      : undefined;
  const nearest = (verdict?.nearest ?? []).filter(here).slice(0, NEAREST);
  const shown = new Set([
    ...(deciding ? [deciding.index] : []),
    ...nearest.map(({ index }) => index),
  ]);
  const rest = statements
    .map((statement, index) => ({ statement, index }))
    .filter(({ index }) => !shown.has(index));
  const nothingStandsOut = shown.size === 0;
  return (
    <div className={styles.root}>
      {deciding && statements[deciding.index] && (
        <StatementView
          statement={statements[deciding.index]}
          note={noteFor?.(deciding.index)}
          caption={`${capital(describeStatementReference(deciding))} decides`}
        />
      )}
      {nearest.map(
        (miss, position) =>
          statements[miss.index] && (
            <StatementView
              key={miss.index}
              statement={statements[miss.index]}
              note={noteFor?.(miss.index)}
              failed={miss.failed}
              caption={`${capital(describeStatementReference(miss))}${
                position === 0 ? ' comes nearest' : ''
              }`}
            />
          ),
      )}
      {rest.length > 0 && (
        <details className={styles.rest} open={nothingStandsOut && !verdict}>
          <summary>
            {formatCount(
              rest.length,
              nothingStandsOut ? 'statement' : 'other statement',
            )}
          </summary>
          <div className={styles.statements}>
            {rest.map(({ statement, index }) => (
              <StatementView
                key={index}
                statement={statement}
                note={noteFor?.(index)}
                caption={capital(
                  describeStatementReference({ index, sid: statement.Sid }),
                )}
              />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
