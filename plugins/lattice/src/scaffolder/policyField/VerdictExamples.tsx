import type { LayerVerdict } from '@lattice-portal/auth-policy';
import { LayerResultMark } from '../../components';
import type { PolicyExample } from './examplesOf';
import styles from './LatticePolicyField.module.css';

/** Example calls with what the policy says of each. */
export function VerdictExamples(props: { examples: PolicyExample[] }) {
  return (
    <section aria-label="Examples">
      <h4 className={styles.subtitle}>Examples</h4>
      <div className={styles.tableFrame}>
        <table className={styles.examples}>
          <thead>
            <tr>
              <th scope="col">Caller</th>
              <th scope="col">Call</th>
              <th scope="col">This policy</th>
            </tr>
          </thead>
          <tbody>
            {props.examples.map((example, index) => (
              <tr key={index}>
                <td>
                  {example.caller}
                  {example.kind !== 'not signed' && (
                    <span className={styles.kind}> {example.kind}</span>
                  )}
                </td>
                <td>
                  <code>
                    {example.method} {example.path}
                  </code>
                </td>
                <td title={example.verdict.message}>
                  <span className={styles.verdict}>
                    <LayerResultMark result={example.verdict.result} />
                    {describe(example.verdict)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.hint}>
        Besides, the policy of the service network and the caller’s own
        permissions have to allow a call.
      </p>
    </section>
  );
}

function describe({ result, unknown }: LayerVerdict): string {
  switch (result) {
    case 'allowed':
      return 'allowed';
    case 'unknown':
      return `unknown: ${unknown[0] ?? 'it hangs on something not known'}`;
    default:
      return 'denied by service';
  }
}
