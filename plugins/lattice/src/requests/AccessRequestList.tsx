import {
  ButtonLink,
  Cell,
  CellText,
  Table,
  Text,
  useTable,
  type ColumnConfig,
} from '@backstage/ui';
import {
  callerName,
  type AccessRequest,
} from '@lattice-portal/plugin-lattice-common';
import { RiAddLine } from '@remixicon/react';
import { useLatticeQuery } from '../api';
import {
  EmptyState,
  Loadable,
  Page,
  RelativeTime,
  ToolbarSpacer,
  useScreen,
  type Screen,
} from '../components';
import { entityLabel } from '../format';
import { useLatticePaths } from '../useLatticePaths';
import styles from './AccessRequestList.module.css';
import { describeCall } from './describeRequest';
import { groupRequests } from './groupRequests';
import { StatusBadge } from './StatusBadge';
import { useUserEntityRef } from './useUserEntityRef';

const REPEAT = 10_000;

/** Requests: the reader's to decide first, then the reader's own, then the others. */
export function AccessRequestList() {
  const user = useUserEntityRef();
  const paths = useLatticePaths();
  const query = useLatticeQuery({
    key: ['access-requests'],
    ask: api => api.listAccessRequests(),
    repeatEvery: REPEAT,
  });
  return (
    <Page
      toolbar={
        <>
          <ToolbarSpacer />
          <ButtonLink
            size="small"
            variant="primary"
            iconStart={<RiAddLine />}
            href={paths.newRequest()}
          >
            Request access
          </ButtonLink>
        </>
      }
    >
      <Loadable query={query} what="Access requests">
        {({ items }) => {
          const { toDecide, mine, others } = groupRequests(items, user);
          return items.length === 0 ? (
            <EmptyState title="No access requests">
              They start from a denied request, or here by naming a caller and a
              service. You see those you made and those you may decide.
            </EmptyState>
          ) : (
            <div className={styles.groups}>
              <RequestGroup title="For you to decide" requests={toDecide} />
              <RequestGroup title="Yours" requests={mine} />
              <RequestGroup title="Others" requests={others} />
            </div>
          );
        }}
      </Loadable>
    </Page>
  );
}

function columnsFor(screen: Screen): ColumnConfig<AccessRequest>[] {
  const narrow = screen === 'narrow';
  return [
    {
      id: 'request',
      label: 'Request',
      width: '2fr',
      minWidth: 180,
      isRowHeader: true,
      cell: request => (
        <CellText
          title={`${callerName(request.callerId)} → ${request.serviceName}`}
          description={describeCall(request)}
        />
      ),
    },
    {
      id: 'status',
      label: 'Status',
      width: '1.2fr',
      minWidth: 150,
      isRowHeader: true,
      cell: request => (
        <Cell>
          <StatusBadge status={request.status} />
        </Cell>
      ),
    },
    {
      id: 'by',
      label: 'Asked by',
      width: '1fr',
      minWidth: 130,
      isHidden: narrow,
      cell: request => (
        <CellText
          title={entityLabel(request.requestedBy)}
          description={
            request.requestedFor && `for ${entityLabel(request.requestedFor)}`
          }
        />
      ),
    },
    {
      id: 'asked',
      label: 'Asked',
      width: 110,
      isHidden: narrow,
      cell: request => (
        <Cell>
          <RelativeTime time={request.createdAt} />
        </Cell>
      ),
    },
  ];
}

function RequestGroup(props: { title: string; requests: AccessRequest[] }) {
  const { title, requests } = props;
  const screen = useScreen();
  const paths = useLatticePaths();
  const { tableProps } = useTable<AccessRequest>({
    mode: 'complete',
    data: requests,
    paginationOptions:
      requests.length > 20 ? { pageSize: 20 } : { type: 'none' },
  });
  if (!requests.length) {
    return undefined;
  }
  return (
    <section className={styles.group} aria-label={title}>
      <Text as="h2" variant="title-x-small" weight="bold">
        {title}
      </Text>
      <Table
        {...tableProps}
        columnConfig={columnsFor(screen)}
        rowConfig={{ getHref: request => paths.request(request.id) }}
      />
    </section>
  );
}
