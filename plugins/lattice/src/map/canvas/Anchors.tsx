import { Handle, Position } from '@xyflow/react';
import styles from './Anchors.module.css';

/** React Flow draws an edge only between handles; ours follow the layout's own routes. */
export function Anchors() {
  return (
    <>
      <Handle
        type="target"
        position={Position.Left}
        isConnectable={false}
        className={styles.anchor}
      />
      <Handle
        type="source"
        position={Position.Right}
        isConnectable={false}
        className={styles.anchor}
      />
    </>
  );
}
