import { Text } from '@backstage/ui';
import {
  callerName,
  type AccessRequestEffect,
  type EffectRow,
} from '@lattice-portal/plugin-lattice-common';
import { formatCount, formatExact, shortArn } from '../../format';
import styles from './EffectSection.module.css';

/** What the change does to recorded denied calls, in numbers, with examples. */
export function EffectSection(props: { effect: AccessRequestEffect }) {
  const { effect } = props;
  const allowed = sum(effect.newlyAllowed);
  const open = sum(effect.unknown);
  return (
    <section className={styles.effect} aria-label="Effect">
      <Text as="h3" variant="body-large" weight="bold">
        {formatCount(allowed, 'refused call')} would have been allowed
      </Text>
      <Rows rows={effect.newlyAllowed} />
      {open > 0 && (
        <>
          <Text as="p">
            Of {formatCount(open, 'refused call')} it can’t be said:
          </Text>
          <Rows rows={effect.unknown} />
        </>
      )}
      <Text as="p" color="secondary">
        {formatCount(effect.stillDenied, 'refused call')}{' '}
        {effect.stillDenied === 1 ? 'stays' : 'stay'} refused. Nothing that is
        allowed now would be refused: an allow statement takes nothing away.
        Computed from what was recorded from {formatExact(effect.from)} to{' '}
        {formatExact(effect.to)}.
      </Text>
    </section>
  );
}

function Rows(props: { rows: EffectRow[] }) {
  if (!props.rows.length) {
    return undefined;
  }
  return (
    <ul className={styles.rows}>
      {props.rows.map(row => (
        <li
          key={[row.callerId, row.serviceArn, row.method, row.pathShape].join(
            ' ',
          )}
        >
          {formatCount(row.count, 'call')} by {callerName(row.callerId)}{' '}
          {[row.method, row.pathShape].filter(Boolean).join(' ')}
          {row.examplePath &&
            row.examplePath !== row.pathShape &&
            `, such as ${row.examplePath}`}
          {!row.pathShape && ` on ${shortArn(row.serviceArn)}`}
          {row.hangsOn?.length ? `; it hangs on ${row.hangsOn.join(', ')}` : ''}
        </li>
      ))}
    </ul>
  );
}

function sum(rows: EffectRow[]): number {
  return rows.reduce((total, row) => total + row.count, 0);
}
