import { Select } from '@backstage/ui';
import { callerName } from '@lattice-portal/plugin-lattice-common';
import { useLatticeQuery } from '../../api';
import { ErrorState, Facts } from '../../components';
import { shortArn } from '../../format';
import type { RequestForm } from './formState';

/** Who asks whom: fixed when it starts from a denied request, else to choose. */
export function CallerAndService(props: {
  form: RequestForm;
  change: (changes: Partial<RequestForm>) => void;
}) {
  const { form, change } = props;
  const services = useLatticeQuery({
    key: ['services'],
    ask: api => api.listServices(),
  });
  const callers = useLatticeQuery({
    key: ['callers'],
    ask: api => api.listCallers(),
    enabled: !form.deniedRequestId,
  });
  const service = services.data?.items.find(
    ({ arn }) => arn === form.serviceArn,
  );
  if (form.deniedRequestId) {
    return (
      <Facts
        facts={[
          ['Caller', `${callerName(form.callerId)} (${form.callerId})`],
          ['Service', service?.name ?? shortArn(form.serviceArn)],
        ]}
      />
    );
  }
  const failed = [callers, services].find(query => query.error && !query.data);
  if (failed) {
    return (
      <ErrorState
        title="Callers and services could not be loaded"
        error={failed.error}
        onRetry={() => failed.refetch()}
      />
    );
  }
  return (
    <>
      <Select
        label="Caller"
        placeholder={callers.data ? 'Choose a caller' : 'Loading'}
        search
        options={(callers.data?.items ?? []).map(caller => ({
          id: caller.id,
          label: caller.name,
          description: caller.accountId,
        }))}
        value={form.callerId || null}
        onChange={key => change({ callerId: String(key ?? '') })}
      />
      <Select
        label="Service"
        placeholder={services.data ? 'Choose a service' : 'Loading'}
        search
        options={(services.data?.items ?? []).map(
          ({ arn, name, accountId }) => ({
            id: arn,
            label: name,
            description: accountId,
          }),
        )}
        value={form.serviceArn || null}
        onChange={key => change({ serviceArn: String(key ?? '') })}
      />
    </>
  );
}
