import { Alert } from '@backstage/ui';
import { useState } from 'react';
import { useLatticeQuery } from '../api';
import { errorMessage, Loadable, Page } from '../components';
import { RecordSearch } from '../records/RecordSearch';
import {
  parseRecordHours,
  RecordWindowSelect,
} from '../records/RecordWindowSelect';
import { RequestRecords } from '../records/RequestRecords';
import { useUrlState } from '../useUrlState';
import { LogSourceTable } from './LogSourceTable';
import { RecordSinkAlert } from './RecordSinkAlert';
import { UnparsedLineList } from './UnparsedLineList';
import { useLogSourceAction } from './useLogSourceAction';

const REPEAT = 5_000;

/** Where access logs are read from, how far, what of them could not be read; and the records of a request. */
export function LogSourcesContent() {
  const query = useLatticeQuery({
    key: ['log-sources'],
    ask: api => api.listLogSources(),
    repeatEvery: REPEAT,
  });
  const act = useLogSourceAction();
  const { get, set } = useUrlState();
  const requestId = get('request') ?? '';
  const at = get('at');
  const hours = parseRecordHours(get('hours'));
  const [shown, setShown] = useState<number>();
  const source = query.data?.items.find(({ number }) => number === shown);
  return (
    <Page
      completeness={query.data?.completeness}
      toolbar={
        <>
          <RecordSearch
            key={requestId}
            requestId={requestId}
            onSearch={request => set({ request, at: undefined })}
          />
          <RecordWindowSelect
            hours={hours}
            isAround={at !== undefined}
            onChange={value => set({ hours: String(value), at: undefined })}
          />
        </>
      }
    >
      {requestId && (
        <RequestRecords requestId={requestId} hours={hours} at={at} />
      )}
      {Boolean(act.error) && (
        <Alert
          status="danger"
          icon
          title="That was not done"
          description={errorMessage(act.error)}
        />
      )}
      <Loadable query={query} what="The access logs">
        {({ items, recordSinks }) => (
          <>
            {recordSinks.map(sink => (
              <RecordSinkAlert key={sink.id} sink={sink} />
            ))}
            <LogSourceTable
              sources={items}
              acting={act.isPending ? act.variables?.number : undefined}
              onAct={act.mutate}
              onShowUnparsed={setShown}
            />
          </>
        )}
      </Loadable>
      {source && (
        <UnparsedLineList
          key={source.number}
          source={source}
          onClose={() => setShown(undefined)}
        />
      )}
    </Page>
  );
}
