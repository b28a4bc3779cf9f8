import { Box, Text } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './DenialPage.module.css';

/** One of the columns that are never mixed. */
export function Column(props: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.column}
      aria-labelledby={id}
    >
      <Text as="h3" id={id} variant="title-x-small" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </Box>
  );
}
