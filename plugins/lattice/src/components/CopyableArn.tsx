import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import { shortArn } from '../format';
import styles from './CopyableArn.module.css';

/** An ARN cut down to what differs; copying takes the whole. */
export function CopyableArn(props: { arn: string; children?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(props.arn);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <span className={styles.root} title={props.arn}>
      <span className={styles.text}>
        {props.children ?? shortArn(props.arn)}
      </span>
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={copied ? 'Copied' : `Copy ${props.arn}`}
        icon={copied ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={copy}
      />
    </span>
  );
}
