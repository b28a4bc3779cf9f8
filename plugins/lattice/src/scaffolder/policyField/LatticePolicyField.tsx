import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { askForCallers, callersNamed } from '../callerChoices';
import { useAutomaticChoice } from '../useAutomaticChoice';
import { useChoices } from '../useChoices';
import { answerOf, portableDocument } from './documentOf';
import styles from './LatticePolicyField.module.css';
import {
  answerIn,
  draftOf,
  emptyAnswer,
  type PolicyAnswer,
} from './PolicyAnswer';
import { PolicyForm } from './PolicyForm';
import type { PolicyPlace } from './PolicyPlace';
import { PolicyPreview } from './PolicyPreview';
import { oneLine } from './oneLine';
import {
  fixedPartsOf,
  type FixedParts,
  type PolicyFieldOptions,
  policyPlaceOf,
} from './policyOptions';

const PolicyEditor = lazy(() => import('./editor/PolicyEditor'));

export const latticePolicyFieldSchema = makeFieldSchema({
  output: z =>
    z
      .object({
        callers: z.array(z.string()).describe('ARNs of the roles'),
        methods: z.array(z.string()),
        path: z.string(),
        paths: z.array(z.string()).optional(),
        onlySigned: z.boolean().optional(),
        advanced: z.boolean().optional(),
        document: z.string().optional().describe('The whole policy as JSON'),
      })
      .describe('Who may call what'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
      preselect: z
        .array(z.string())
        .optional()
        .describe('Names of roles that are chosen already, if they are there'),
      fixedBy: z
        .string()
        .optional()
        .describe('Field whose value says which methods and path are fixed'),
      fixed: z
        .record(z.object({ methods: z.array(z.string()), path: z.string() }))
        .optional(),
    }),
});

type Props = FieldExtensionComponentProps<PolicyAnswer, PolicyFieldOptions>;

/** The auth policy of a new service: by form, or written by hand; with what it comes to beside it. */
export function LatticePolicyField(props: Props) {
  const { onChange, uiSchema, rawErrors, schema } = props;
  const given = answerIn(props.formData);
  const options = uiSchema['ui:options'];
  const form = props.formContext?.formData;
  const place = policyPlaceOf(options, form, schema);
  const fixed = fixedPartsOf(options, form);
  const answer = given ?? emptyAnswer;
  const draft = draftOf(answer);
  const callers = useChoices(askForCallers);
  usePreselectedCallers({
    given,
    onChange,
    callers,
    preselect: options?.preselect,
  });
  useDefaultAnswer({ given, onChange });
  useCurrentPlace({ given, onChange, place });
  useFixedParts({ given, onChange, fixed });

  const [written, setWritten] = useState(() =>
    answer.advanced ? indented(answer.document ?? '') : undefined,
  );
  const text = answer.advanced ? written ?? '' : undefined;

  const write = (next: string) => {
    setWritten(next);
    onChange({ ...answer, advanced: true, document: oneLine(next) });
  };
  const showEditor = () =>
    write(written ?? JSON.stringify(portableDocument(draft, place), null, 2));

  return (
    <section className={styles.field} aria-label={schema.title ?? 'Policy'}>
      <div className={styles.heading}>
        <div>
          <h3 className={styles.title}>
            {schema.title ?? 'Who may call what'}
          </h3>
          {schema.description && (
            <p className={styles.description}>{schema.description}</p>
          )}
        </div>
        <ToggleButtonGroup
          aria-label="Write the policy"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[answer.advanced ? 'editor' : 'form']}
          onSelectionChange={keys =>
            keys.has('editor') ? showEditor() : onChange(answerOf(draft, place))
          }
        >
          <ToggleButton id="form">By form</ToggleButton>
          <ToggleButton id="editor">By hand</ToggleButton>
        </ToggleButtonGroup>
      </div>
      <div className={styles.columns}>
        <div className={styles.input}>
          <PolicyForm
            draft={draft}
            callers={callers}
            callersOnly={answer.advanced}
            fixed={fixed}
            onChange={next =>
              onChange(
                answer.advanced
                  ? { ...answer, callers: next.callers }
                  : answerOf(next, place),
              )
            }
          />
          {text !== undefined && (
            <Suspense fallback={<p>Loading the editor</p>}>
              <PolicyEditor
                text={text}
                onChange={write}
                networkArn={place.networkArn}
                callers={callers.status === 'ready' ? callers.choices : []}
              />
            </Suspense>
          )}
        </div>
        <PolicyPreview
          answer={answer}
          text={text}
          place={place}
          others={
            callers.status === 'ready' ? callers.choices.map(c => c.id) : []
          }
          showProblems={Boolean(rawErrors?.length)}
        />
      </div>
    </section>
  );
}

interface AnswerProps {
  given: PolicyAnswer | undefined;
  onChange: (answer: PolicyAnswer) => void;
}

/** A form that is handed on untouched has an answer too. */
function useDefaultAnswer({ given, onChange }: AnswerProps) {
  const value = given === undefined ? emptyAnswer : undefined;
  useAutomaticChoice({ value, onChange });
}

/** A document names the network: it follows when another one is chosen. */
function useCurrentPlace(options: AnswerProps & { place: PolicyPlace }) {
  const { given, onChange, place } = options;
  const current = given && !given.advanced ? given : undefined;
  const next = current && answerOf(draftOf(current), place);
  const isStale = next?.document !== current?.document;
  useAutomaticChoice({ value: isStale ? next : undefined, onChange });
}

/** What can't be chosen is answered by itself, and follows when another field says otherwise. */
function useFixedParts(
  options: AnswerProps & { fixed: FixedParts | undefined },
) {
  const { given, onChange, fixed } = options;
  const isStale =
    given !== undefined &&
    fixed !== undefined &&
    (given.path !== fixed.path ||
      given.paths !== undefined ||
      given.methods.join() !== fixed.methods.join());
  const { paths: _, ...rest } = given ?? emptyAnswer;
  useAutomaticChoice({
    value: isStale ? { ...rest, ...fixed } : undefined,
    onChange,
  });
}

function usePreselectedCallers(
  options: AnswerProps & {
    callers: ReturnType<typeof useChoices>;
    preselect?: string[];
  },
) {
  const { given, onChange, callers, preselect } = options;
  const touched = useRef(Boolean(given?.callers.length));
  if (given?.callers.length) {
    // Who takes the choice away means it.
    touched.current = true;
  }
  const ids =
    callers.status === 'ready' && preselect && !touched.current
      ? callersNamed(callers.choices, preselect)
      : [];
  useAutomaticChoice({
    value: ids.length ? { ...emptyAnswer, ...given, callers: ids } : undefined,
    onChange,
  });
}

function indented(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), null, 2);
  } catch {
    return document;
  }
}
