import { Alert, Flex } from '@backstage/ui';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  type CustomFieldValidator,
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { useEffect, useMemo, useState } from 'react';
import { formatCount } from '../format';
import {
  askForAccounts,
  ownAccount,
  type AccountChoice,
} from './accountChoices';
import { ChoiceField } from './ChoiceField';
import styles from './LatticeAccountPicker.module.css';
import { validateByReview } from './review/reviewPlan';
import { useAutomaticChoice } from './useAutomaticChoice';
import { useChoices } from './useChoices';

export const latticeAccountPickerSchema = makeFieldSchema({
  output: z => z.string().describe('Number of the AWS account'),
});

/**
 * Chooses an account the user may create something in. Where there has to be one, the only one of the user's own
 * groups is chosen already; where it may be left out, an answer nobody gave would count as one.
 */
export function LatticeAccountPicker(
  props: FieldExtensionComponentProps<string>,
) {
  const { formData, onChange, required } = props;
  const identityApi = useApi(identityApiRef);
  const state = useChoices<AccountChoice>(askForAccounts);
  const all = state.status === 'ready' ? state.choices : undefined;
  const offered = useMemo(() => all?.filter(({ refusal }) => !refusal), [all]);
  const refused = all?.filter(({ refusal }) => refusal) ?? [];

  const [own, setOwn] = useState<string>();
  useEffect(() => {
    if (!offered || !required) {
      return undefined;
    }
    let current = true;
    identityApi.getBackstageIdentity().then(({ ownershipEntityRefs }) => {
      if (current) {
        setOwn(ownAccount({ choices: offered, ownershipEntityRefs })?.id);
      }
    });
    return () => {
      current = false;
    };
  }, [offered, required, identityApi]);
  useAutomaticChoice({ value: formData ? undefined : own, onChange });

  if (offered?.length === 0 && refused.length > 0) {
    return (
      <Alert
        status="info"
        icon
        title="There is no account that you may create something in"
        description={refused.map(({ refusal }) => `${refusal}.`).join(' ')}
      />
    );
  }
  return (
    <Flex direction="column" gap="2">
      <ChoiceField
        field={props}
        state={offered ? { status: 'ready', choices: offered } : state}
        label="Account"
        empty="The portal has no account to build in yet. Accounts are named in its configuration under lattice.accounts."
        value={formData}
        onChange={onChange}
      />
      {refused.length > 0 && (
        <details className={styles.refused}>
          <summary>
            {formatCount(refused.length, 'account is', 'accounts are')} not
            offered
          </summary>
          <ul>
            {refused.map(({ id, refusal }) => (
              <li key={id}>{refusal}.</li>
            ))}
          </ul>
        </details>
      )}
    </Flex>
  );
}

/** Refuses an account the run would refuse, such as one that came with the address of the form. */
export const validateAccount: CustomFieldValidator<string> = async (
  accountId,
  field,
  context,
) =>
  validateByReview<string, object>(['account'], () => ({}))(accountId, field, {
    ...context,
    formData: { account: accountId },
    uiSchema: undefined,
  });
