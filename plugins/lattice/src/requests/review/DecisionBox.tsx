import { Alert, Button, Text, TextAreaField } from '@backstage/ui';
import type {
  AccessRequest,
  AccessRequestAction,
} from '@lattice-portal/plugin-lattice-common';
import { useState } from 'react';
import { Card, errorMessage } from '../../components';
import styles from './AccessRequestPage.module.css';
import { useAccessRequestAction } from './useAccessRequestAction';

const buttons: {
  action: AccessRequestAction;
  label: string;
  variant: 'primary' | 'secondary';
  destructive?: boolean;
}[] = [
  { action: 'approve', label: 'Approve', variant: 'primary' },
  { action: 'recompute', label: 'Compute again', variant: 'primary' },
  { action: 'refuse', label: 'Refuse', variant: 'secondary' },
  { action: 'withdraw', label: 'Withdraw', variant: 'secondary' },
  {
    action: 'revoke',
    label: 'Revoke',
    variant: 'secondary',
    destructive: true,
  },
];

/** What the reader may do with the request. */
export function DecisionBox(props: { request: AccessRequest }) {
  const { request } = props;
  const [comment, setComment] = useState('');
  const act = useAccessRequestAction(request.id);
  const offered = buttons.filter(({ action }) =>
    request.permitted.includes(action),
  );
  if (!offered.length && !act.error) {
    return undefined;
  }
  const onPress = (action: AccessRequestAction) =>
    act.mutate(
      { action, comment: comment.trim() || undefined },
      { onSuccess: () => setComment('') },
    );
  return (
    <Card label="Decide">
      {Boolean(act.error) && (
        <Alert
          status="danger"
          icon
          title="That was not done"
          description={errorMessage(act.error)}
        />
      )}
      <TextAreaField
        label="Comment"
        secondaryLabel="Optional"
        description={
          request.permitted.includes('refuse')
            ? 'When you refuse: say what would do. A request for fewer methods or paths, or for a shorter time, can be made instead.'
            : undefined
        }
        rows={2}
        value={comment}
        onChange={setComment}
      />
      <div className={styles.buttons}>
        {offered.map(({ action, label, variant, destructive }) => (
          <Button
            key={action}
            variant={variant}
            destructive={destructive}
            isDisabled={act.isPending}
            isPending={act.isPending && act.variables?.action === action}
            onPress={() => onPress(action)}
          >
            {label}
          </Button>
        ))}
      </div>
      {request.permitted.includes('approve') && (
        <Text variant="body-small" color="secondary">
          Approving applies exactly this change once every owner has agreed.
        </Text>
      )}
    </Card>
  );
}
