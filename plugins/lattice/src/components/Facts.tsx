import { Fragment, type ReactNode } from 'react';
import styles from './Facts.module.css';

/** Names and values below each other; a fact without value is left out. */
export function Facts(props: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className={styles.list}>
      {props.facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
