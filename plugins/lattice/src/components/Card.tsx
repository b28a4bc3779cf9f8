import { Box, Text } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './Card.module.css';

/** A framed part of a page, under a title or a heading among its children. */
export function Card(props: {
  title?: string;
  /** Name for those who don't see the heading, where there is no title. */
  label?: string;
  children: ReactNode;
}) {
  const { title, label, children } = props;
  const id = useId();
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.card}
      aria-label={label}
      aria-labelledby={title && id}
    >
      {title && (
        <Text as="h3" id={id} variant="title-x-small" weight="bold">
          {title}
        </Text>
      )}
      {children}
    </Box>
  );
}
