import { Alert, Flex } from '@backstage/ui';
import type {
  ProvisioningCheck,
  ProvisioningCheckId,
  ProvisioningPlan,
} from '@lattice-portal/plugin-lattice-common';
import { useEffect, useState, type ReactNode } from 'react';
import { useRead } from '../place/useRead';
import { keyOf } from './reviewPlan';

const PAUSE = 500;

/** A field, and beneath it what the back end objects to in what is chosen. */
export function FieldChecks(props: {
  /** Absent: there is nothing to check yet. */
  plan: ProvisioningPlan | undefined;
  checks: ProvisioningCheckId[];
  children: ReactNode;
}) {
  const { plan, checks, children } = props;
  const key = useSettled(keyOf(plan));
  const state = useRead<ProvisioningCheck>({
    key,
    ask: async api => {
      const review = await api.reviewProvisioning(JSON.parse(key!));
      return { status: 'read', items: review.checks };
    },
  });
  return (
    <Flex direction="column" gap="2">
      {children}
      <div aria-live="polite">
        {state.status === 'unknown' && (
          <Alert
            status="warning"
            icon
            title="It could not be checked"
            description={state.reason}
          />
        )}
        {state.status === 'ready' &&
          state.items
            .filter(
              ({ id, result }) => checks.includes(id) && result !== 'passes',
            )
            .map(({ id, result, message }) => (
              <Alert
                key={id}
                status={result === 'refused' ? 'danger' : 'warning'}
                icon
                title={message}
              />
            ))}
      </div>
    </Flex>
  );
}

/** A value once it has not changed for a moment. */
function useSettled(value: string | undefined): string | undefined {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
