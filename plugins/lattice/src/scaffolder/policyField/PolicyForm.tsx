import {
  Button,
  ButtonIcon,
  Checkbox,
  CheckboxGroup,
  Switch,
  TextField,
} from '@backstage/ui';
import { RiAddLine, RiDeleteBinLine } from '@remixicon/react';
import { ChoicesField } from '../ChoiceField';
import type { ChoicesState } from '../useChoices';
import styles from './LatticePolicyField.module.css';
import type { PolicyDraft } from './PolicyAnswer';
import type { FixedParts } from './policyOptions';
import { problemOfPath } from './problemsOf';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const MOST_PATHS = 20;

/** Callers, methods and paths to choose. */
export function PolicyForm(props: {
  draft: PolicyDraft;
  callers: ChoicesState;
  /** The rest stands in a document that is written by hand. */
  callersOnly?: boolean;
  /** Methods and path that can't be chosen. */
  fixed?: FixedParts;
  onChange: (draft: PolicyDraft) => void;
}) {
  const { draft, callers, callersOnly, fixed, onChange } = props;
  const change = (changes: Partial<PolicyDraft>) =>
    onChange({ ...draft, ...changes });
  return (
    <>
      <ChoicesField
        field={{
          schema: {
            title: 'Callers',
            description: callersOnly
              ? 'Roles the examples are made with; who may call is in the policy'
              : 'Roles that may call',
          },
          required: true,
          rawErrors: [],
          idSchema: { $id: 'lattice-policy-callers' } as any,
          disabled: false,
          uiSchema: {},
        }}
        state={callers}
        label="Callers"
        empty="No role is known to the portal yet. Roles appear here once an account has been read, or has called a service."
        values={draft.callers}
        onChange={value => change({ callers: value })}
      />
      {!callersOnly && (
        <>
          {fixed ? (
            <p className={styles.hint}>
              Calls are always{' '}
              <code>
                {fixed.methods.join(', ')} {fixed.path}
              </code>
            </p>
          ) : (
            <MethodsAndPaths draft={draft} change={change} />
          )}
          <Switch
            label="Only signed requests"
            isSelected={draft.onlySigned}
            onChange={onlySigned => change({ onlySigned })}
          />
          {!draft.onlySigned && (
            <p className={styles.warning}>
              Everyone who reaches the service network may call, signed or not.
              The choice of callers limits nobody.
            </p>
          )}
        </>
      )}
    </>
  );
}

function MethodsAndPaths(props: {
  draft: PolicyDraft;
  change: (changes: Partial<PolicyDraft>) => void;
}) {
  const { draft, change } = props;
  return (
    <>
      <CheckboxGroup
        className={styles.methods}
        label="Methods"
        value={draft.methods}
        onChange={value => change({ methods: inOrder(value) })}
        orientation="horizontal"
      >
        {METHODS.map(method => (
          <Checkbox key={method} value={method}>
            {method}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <Paths draft={draft} change={change} />
    </>
  );
}

function Paths(props: {
  draft: PolicyDraft;
  change: (changes: Partial<PolicyDraft>) => void;
}) {
  const { draft, change } = props;
  const { paths } = draft;
  const put = (index: number, path: string) =>
    change({ paths: paths.map((old, at) => (at === index ? path : old)) });
  return (
    <fieldset className={styles.paths}>
      <legend className={styles.legend}>Paths</legend>
      <p className={styles.hint}>* at the end stands for anything</p>
      {paths.map((path, index) => (
        <div key={index} className={styles.path}>
          <TextField
            aria-label={`Path ${index + 1}`}
            size="medium"
            value={path}
            isInvalid={problemOfPath(path).length > 0}
            onChange={value => put(index, value)}
          />
          {paths.length > 1 && (
            <ButtonIcon
              aria-label={`Take path ${index + 1} out`}
              variant="tertiary"
              icon={<RiDeleteBinLine />}
              onPress={() =>
                change({ paths: paths.filter((_, at) => at !== index) })
              }
            />
          )}
        </div>
      ))}
      {paths.length < MOST_PATHS && (
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiAddLine />}
          onPress={() => change({ paths: [...paths, '/'] })}
        >
          Add a path
        </Button>
      )}
    </fieldset>
  );
}

function inOrder(methods: string[]): string[] {
  return METHODS.filter(method => methods.includes(method));
}
