import { Text } from '@backstage/ui';
import type { DenialExplanation } from '@lattice-portal/plugin-lattice-common';
import { Card } from '../components';
import { layerNames } from '../format';
import styles from './DenialPage.module.css';

/** What nobody looked at, and why. */
export function NotCheckedColumn(props: { explanation: DenialExplanation }) {
  const { notChecked, now } = props.explanation;
  const open = now.verdict.layers.flatMap(layer =>
    layer.unknown.map(reason => `${layerNames[layer.layer]}: ${reason}`),
  );
  const all = [...new Set([...notChecked, ...open])];
  return (
    <Card title="Could not be checked">
      {all.length ? (
        <ul className={styles.list}>
          {all.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : (
        <Text color="secondary">
          Nothing: every layer could be read and evaluated.
        </Text>
      )}
    </Card>
  );
}
