import type { LayerVerdict } from '@lattice-portal/auth-policy';
import { LayerResultMark } from '../components';
import { layerNames, layerResultNames } from '../format';
import { describeStatementReference } from './describeStatementReference';
import styles from './LayerRows.module.css';

/** What each layer says, one row each. */
export function LayerRows(props: { layers: LayerVerdict[] }) {
  return (
    <ul className={styles.rows}>
      {props.layers.map(layer => (
        <li key={layer.layer} className={styles.row}>
          <LayerResultMark result={layer.result} />
          <div>
            <span className={styles.layer}>{layerNames[layer.layer]}</span>{' '}
            {layerResultNames[layer.result]}
            {layer.statement &&
              `, ${describeStatementReference(layer.statement)}`}
            {layer.message && <p className={styles.message}>{layer.message}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
