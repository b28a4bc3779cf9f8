import type { PolicyFinding } from '@lattice-portal/auth-policy';
import { parseStatements, StatementView } from '../../policy';
import { formatNumber } from '../../format';
import { examplesOf } from './examplesOf';
import { FindingList } from './FindingList';
import styles from './LatticePolicyField.module.css';
import { productDocument } from './documentOf';
import { draftOf, type PolicyAnswer } from './PolicyAnswer';
import { NEW_SERVICE_ID, type PolicyPlace } from './PolicyPlace';
import {
  findingsOf,
  findingsOfWritten,
  policyText,
  problemsOf,
  problemsOfDraft,
  sizeOf,
  type PolicySize,
} from './problemsOf';
import { VerdictExamples } from './VerdictExamples';

/** What an answer comes to: size, lint, example calls, and the document. */
export function PolicyPreview(props: {
  answer: PolicyAnswer;
  /** The document as it is being written by hand. */
  text?: string;
  place: PolicyPlace;
  /** Roles of the estate. */
  others: string[];
  /** Whether to say too what is missing: not while the form is still being filled in. */
  showProblems: boolean;
}) {
  const { answer, text, place, others, showProblems } = props;
  const draft = draftOf(answer);
  const policy = policyText(answer, place);
  const isReady = answer.advanced || problemsOfDraft(draft).length === 0;
  const findings =
    text === undefined ? findingsOf(answer, place) : findingsOfWritten(text);
  return (
    <div className={styles.preview}>
      <SizeLine size={sizeOf(answer, place)} />
      {isReady ? (
        <>
          <FindingList findings={findings} hasLines={text !== undefined} />
          {!isInvalid(findings) && (
            <VerdictExamples
              examples={examplesOf({
                policy,
                draft,
                place,
                others,
                now: Date.now(),
              })}
            />
          )}
          {text === undefined && <DocumentView answer={answer} place={place} />}
        </>
      ) : (
        <MissingParts
          problems={problemsOf(answer, place)}
          isAlert={showProblems}
        />
      )}
    </div>
  );
}

function DocumentView(props: { answer: PolicyAnswer; place: PolicyPlace }) {
  const { answer, place } = props;
  const shown =
    answer.document ?? JSON.stringify(productDocument(draftOf(answer), place));
  return (
    <section aria-label="The policy">
      <h4 className={styles.subtitle}>The policy</h4>
      {parseStatements(shown)?.map((statement, index) => (
        <StatementView
          key={index}
          statement={statement}
          caption={
            shown.includes(NEW_SERVICE_ID)
              ? `${NEW_SERVICE_ID} stands for the id that AWS gives the service`
              : statement.Sid ?? `Statement ${index + 1}`
          }
        />
      ))}
    </section>
  );
}

function SizeLine(props: { size: PolicySize }) {
  const { characters, limit } = props.size;
  const isTooLong = characters > limit;
  return (
    <div className={styles.size}>
      <span className={isTooLong ? styles.tooLong : undefined}>
        {formatNumber(characters)} of {formatNumber(limit)} characters
        {isTooLong && ': too long'}
      </span>
      <meter
        aria-label="Size of the policy"
        className={styles.meter}
        min={0}
        max={limit}
        high={limit * 0.8}
        value={Math.min(characters, limit)}
      />
    </div>
  );
}

function MissingParts(props: { problems: string[]; isAlert: boolean }) {
  return (
    <div role={props.isAlert ? 'alert' : undefined}>
      <h4 className={styles.subtitle}>Before there is a policy</h4>
      <ul className={styles.list}>
        {props.problems.map(problem => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}

function isInvalid(findings: PolicyFinding[]): boolean {
  return findings.some(
    ({ code }) => code === 'invalid-policy' || code === 'unknown-operator',
  );
}
