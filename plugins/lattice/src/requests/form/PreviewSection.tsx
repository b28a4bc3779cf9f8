import { Alert, Text } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useLatticeQuery } from '../../api';
import { Loadable } from '../../components';
import { ChangeCard } from '../parts/ChangeCard';
import { EffectSection } from '../parts/EffectSection';
import { problemsOf, toNewRequest, type RequestForm } from './formState';
import styles from './NewAccessRequestPage.module.css';

const PAUSE = 500;

/** What the request would come to, computed while it is being written. */
export function PreviewSection(props: { form: RequestForm }) {
  const problems = Object.values(problemsOf(props.form));
  // The reason changes nothing in the policies, so typing it asks nothing.
  const asked = useSettled(JSON.stringify({ ...props.form, reason: '' }));
  const query = useLatticeQuery({
    key: ['access-request-preview', asked],
    ask: api =>
      api.previewAccessRequest({
        ...toNewRequest(JSON.parse(asked), Date.now()),
        reason: 'preview',
      }),
    enabled:
      problems.length === 0 &&
      Object.keys(problemsOf(JSON.parse(asked))).length === 0,
    keepPrevious: true,
  });
  return (
    <section className={styles.preview} aria-label="Preview">
      <Text as="h3" variant="title-x-small" weight="bold">
        What it would come to
      </Text>
      {problems.length > 0 ? (
        <Text color="secondary">{problems.join('. ')}.</Text>
      ) : (
        <Loadable query={query} what="The preview">
          {preview => (
            <>
              {preview.warnings.map(warning => (
                <Alert key={warning} status="warning" icon title={warning} />
              ))}
              {preview.changes.length === 0 && (
                <Text>No policy would have to change.</Text>
              )}
              {preview.changes.map(change => (
                <ChangeCard key={change.resourceArn} change={change} />
              ))}
              <EffectSection effect={preview.effect} />
            </>
          )}
        </Loadable>
      )}
    </section>
  );
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
