import { Link, Text } from '@backstage/ui';
import { useLatticeQuery } from '../../api';
import { Loadable, Page } from '../../components';
import { useLatticePaths } from '../../useLatticePaths';
import { useUrlState } from '../../useUrlState';
import { AccessRequestForm } from './AccessRequestForm';
import styles from './NewAccessRequestPage.module.css';
import { emptyForm, formFromDenial } from './formState';

/** Asks for access, from a denied request or from nothing. */
export function NewAccessRequestPage() {
  const from = useUrlState().get('from');
  const paths = useLatticePaths();
  const denial = useLatticeQuery({
    key: ['denial', from],
    ask: api => api.explainDeniedRequest({ id: from! }),
    enabled: Boolean(from),
  });
  return (
    <Page toolbar={<Link href={paths.requests()}>All access requests</Link>}>
      <div className={styles.title}>
        <Text as="h2" variant="title-small" weight="bold">
          Request access
        </Text>
      </div>
      {from ? (
        <Loadable query={denial} what="The denied request">
          {explanation => (
            <AccessRequestForm initial={formFromDenial(explanation)} />
          )}
        </Loadable>
      ) : (
        <AccessRequestForm initial={emptyForm} />
      )}
    </Page>
  );
}
