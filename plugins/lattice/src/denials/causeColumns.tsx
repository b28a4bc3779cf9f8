import {
  Cell,
  CellText,
  type ColumnConfig,
  type SortDescriptor,
} from '@backstage/ui';
import {
  callerName,
  type DenialCause,
} from '@lattice-portal/plugin-lattice-common';
import { OutcomeMark, RelativeTime, type Screen } from '../components';
import { formatNumber } from '../format';
import { serviceLabel } from './serviceLabel';

/** Columns of the causes that fit the screen; on a phone the call stands below the service. */
export function causeColumns(screen: Screen): ColumnConfig<DenialCause>[] {
  const narrow = screen === 'narrow';
  return [
    {
      id: 'outcome',
      label: narrow ? 'By' : 'Outcome',
      width: narrow ? 64 : 180,
      isRowHeader: true,
      isSortable: !narrow,
      cell: cause => (
        <Cell>
          <OutcomeMark outcome={cause.outcome} withoutWord={narrow} />
        </Cell>
      ),
    },
    {
      id: 'caller',
      label: 'Caller',
      width: '2fr',
      minWidth: narrow ? 100 : 140,
      isRowHeader: true,
      isSortable: true,
      cell: cause => (
        <CellText
          title={callerName(cause.callerId)}
          description={[cause.callerAccountId, cause.sourceVpcId]
            .filter(Boolean)
            .join(' · ')}
        />
      ),
    },
    {
      id: 'service',
      label: 'Service',
      width: narrow ? '2fr' : '1.4fr',
      minWidth: narrow ? 110 : 130,
      isRowHeader: true,
      isSortable: true,
      cell: cause => (
        <CellText
          title={serviceLabel(cause)}
          description={narrow ? call(cause) : undefined}
        />
      ),
    },
    {
      id: 'call',
      label: 'Call',
      width: '2fr',
      minWidth: 140,
      isRowHeader: true,
      isHidden: narrow,
      cell: cause => <CellText title={call(cause)} />,
    },
    {
      id: 'count',
      label: 'Calls',
      width: narrow ? 72 : 90,
      // There is no room for the arrow.
      isSortable: !narrow,
      cell: cause => <CellText title={formatNumber(cause.count)} />,
    },
    {
      id: 'firstSeen',
      label: 'First',
      width: 110,
      isSortable: true,
      isHidden: screen !== 'wide',
      cell: cause => (
        <Cell>
          <RelativeTime time={cause.firstSeen} />
        </Cell>
      ),
    },
    {
      id: 'lastSeen',
      label: 'Last',
      width: 110,
      isSortable: true,
      isHidden: narrow,
      cell: cause => (
        <Cell>
          <RelativeTime time={cause.lastSeen} />
        </Cell>
      ),
    },
  ];
}

function call(cause: DenialCause): string {
  return [cause.method, cause.pathShape].filter(Boolean).join(' ') || '–';
}

/** Not by the newest call: that would have the rows change places as calls come in. */
export const defaultCauseSort: SortDescriptor = {
  column: 'count',
  direction: 'descending',
};

/** Causes in the order a column asks for. */
export function sortCauses(
  causes: DenialCause[],
  sort: SortDescriptor,
): DenialCause[] {
  const keys: Record<string, (cause: DenialCause) => string | number> = {
    outcome: cause => cause.outcome,
    caller: cause => callerName(cause.callerId),
    service: serviceLabel,
    count: cause => cause.count,
    firstSeen: cause => cause.firstSeen,
    lastSeen: cause => cause.lastSeen,
  };
  const key = keys[String(sort.column)] ?? keys.count;
  const sign = sort.direction === 'descending' ? -1 : 1;
  return [...causes].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === y) {
      return a.id < b.id ? -1 : 1;
    }
    return x < y ? -sign : sign;
  });
}
