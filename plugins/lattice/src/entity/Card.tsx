import { Box, Text } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './EntityLatticeContent.module.css';

/** A titled part of the tab. */
export function Card(props: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Box as="section" bg="neutral" className={styles.card} aria-labelledby={id}>
      <Text as="h3" id={id} variant="title-x-small" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </Box>
  );
}
