import { Link, Text } from '@backstage/ui';
import {
  callerName,
  type CallOnRecord,
  isDenied,
} from '@lattice-portal/plugin-lattice-common';
import { Card, describeDestination, OutcomeMark } from '../components';
import { formatExact, shortArn } from '../format';
import { useLatticePaths } from '../useLatticePaths';
import { describeCallLog } from './describeCallLog';
import styles from './RequestRecords.module.css';

/** One call: what each log says of it, side by side. */
export function CallOnRecordCard(props: {
  requestId: string;
  call: CallOnRecord;
}) {
  const { requestId, call } = props;
  const paths = useLatticePaths();
  const { records } = call;
  const missing = call.logs.flatMap(log => describeCallLog(log) ?? []);
  const fields = [
    ...new Set(records.flatMap(record => Object.keys(record.fields))),
  ];
  return (
    <Card>
      <div className={styles.heading}>
        <Text as="h3" variant="title-x-small" weight="bold">
          {callerName(call.callerId)} →{' '}
          {call.serviceName ?? shortArn(call.serviceArn)}
        </Text>
        <Text>{[call.method, call.path].filter(Boolean).join(' ')}</Text>
        <OutcomeMark outcome={call.outcome} />
        {/* An address that stays good when the window has moved on. */}
        <Link href={paths.records(requestId, call.startTime)}>
          {formatExact(call.startTime)}
        </Link>
        {isDenied(call.outcome) && (
          <Link href={paths.denial(call.key)}>Why it was denied</Link>
        )}
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              {records.map(({ source, isCounted }, index) => (
                <th key={`${source} ${index}`} scope="col">
                  {describeDestination(source)}
                  <span className={styles.note}>
                    {isCounted ? 'counted' : 'the same call again'}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map(field => {
              const values = records.map(record =>
                textOf(record.fields[field]),
              );
              const differs = new Set(values).size > 1;
              return (
                <tr
                  key={field}
                  className={differs ? styles.differs : undefined}
                >
                  <th scope="row">
                    {field}
                    {differs && <span className={styles.note}>differs</span>}
                  </th>
                  {values.map((value, index) => (
                    <td key={`${records[index].source} ${index}`}>
                      {value ?? '–'}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {missing.length > 0 && (
        <ul className={styles.list}>
          {missing.map(text => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Undefined: the log does not have the field. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || value === undefined
    ? value
    : JSON.stringify(value);
}
