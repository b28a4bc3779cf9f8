import { Text } from '@backstage/ui';
import type { ProxyLog } from '@lattice-portal/plugin-lattice-common';
import { Card } from '../components';
import { formatExact } from '../format';
import styles from './RequestRecords.module.css';

/** What a proxy in front of VPC Lattice wrote of the request. */
export function ProxyLogSection(props: { log: ProxyLog }) {
  const { log } = props;
  return (
    <Card title={`Proxy log ${log.name} of ${log.accountId}`}>
      <ProxyLines log={log} />
    </Card>
  );
}

function ProxyLines(props: { log: ProxyLog }) {
  const { log } = props;
  if (log.status === 'unknown') {
    return (
      <Text as="p" color="secondary">
        Unknown: {log.reason}
      </Text>
    );
  }
  if (log.lines.length === 0) {
    return (
      <Text as="p" color="secondary">
        No line has the request id
        {log.isComplete
          ? '.'
          : ' of those that were looked through; there may be more.'}
      </Text>
    );
  }
  return (
    <>
      <ul className={styles.lines}>
        {log.lines.map((line, index) => (
          <li key={`${line.time} ${line.stream} ${index}`}>
            <Text as="p" variant="body-small" color="secondary">
              {[formatExact(line.time), line.stream]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            <pre className={styles.text}>{line.text}</pre>
          </li>
        ))}
      </ul>
      {!log.isComplete && <Text as="p">There may be more lines.</Text>}
    </>
  );
}
