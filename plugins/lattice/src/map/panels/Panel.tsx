import { Box, ButtonIcon, Text } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './Panel.module.css';

/** As in ServiceMapContent.module.css. */
const BELOW = '(max-width: 1150px)';

/** Stands beside the map and tells of what is selected. */
export function Panel(props: {
  title: string;
  kind?: string;
  onClose?: () => void;
  children: ReactNode;
}) {
  const { title, onClose } = props;
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where there is no room beside the map the panel stands below it, and what was asked for is off the screen.
    if (onClose && window.matchMedia?.(BELOW)?.matches) {
      ref.current?.scrollIntoView?.({ block: 'nearest' });
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each thing that is picked out
  }, [title]);
  return (
    <Box
      as="aside"
      ref={ref}
      bg="neutral"
      className={styles.panel}
      aria-label={props.title}
    >
      <div className={styles.heading}>
        <div className={styles.title}>
          {props.kind && (
            <Text as="div" variant="body-small" color="secondary">
              {props.kind}
            </Text>
          )}
          <Text as="h2" variant="title-x-small" weight="bold">
            {props.title}
          </Text>
        </div>
        {props.onClose && (
          <ButtonIcon
            size="small"
            variant="tertiary"
            aria-label="Close"
            icon={<RiCloseLine />}
            onPress={props.onClose}
          />
        )}
      </div>
      {props.children}
    </Box>
  );
}

/** A part of a panel with its heading. */
export function PanelSection(props: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <Text as="h3" variant="body-medium" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </section>
  );
}

/** Buttons of a panel. */
export function PanelActions(props: { children: ReactNode }) {
  return <div className={styles.actions}>{props.children}</div>;
}
