import { Alert, Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { describeError } from './describeError';

/** What happened, what still works, what to do. */
export function ErrorState(props: {
  /** What could not be done: `The map could not be loaded`. */
  title: string;
  error: unknown;
  onRetry?: () => void;
  /** Leaves out the advice, where it stands on the page already. */
  short?: boolean;
}) {
  const { message, advice } = describeError(props.error);
  return (
    <Alert
      status="danger"
      icon
      title={props.title}
      description={
        props.short ? closed(message) : `${closed(message)} ${advice}`
      }
      customActions={
        props.onRetry && (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiRefreshLine />}
            onPress={props.onRetry}
          >
            Try again
          </Button>
        )
      }
    />
  );
}

/** What an error says. */
export function errorMessage(error: unknown): string {
  return describeError(error).message;
}

function closed(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
