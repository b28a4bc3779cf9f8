import { ButtonLink } from '@backstage/ui';
import type {
  MapCaller,
  MapEdge,
  ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { CopyableArn, Facts } from '../../components';
import { accountLabel } from '../../format';
import { useLatticePaths } from '../../useLatticePaths';
import { EdgeList } from './EdgeList';
import { Panel, PanelActions, PanelSection } from './Panel';

const kinds = {
  signed: 'Caller',
  anonymous: 'Caller that signs nothing',
  unknown: 'Caller that AWS could not name',
};

/** A caller: who it is and what it calls. */
export function CallerPanel(props: {
  map: ServiceMap;
  caller: MapCaller;
  onClose: () => void;
  onSelectEdge: (edge: MapEdge) => void;
}) {
  const { map, caller, onClose, onSelectEdge } = props;
  const paths = useLatticePaths();
  const account = map.completeness.accounts.find(
    ({ accountId }) => accountId === caller.accountId,
  );
  const vpcs = caller.vpcIds.map(
    id => map.vpcs.find(vpc => vpc.id === id)?.name ?? id,
  );
  return (
    <Panel kind={kinds[caller.kind]} title={caller.name} onClose={onClose}>
      <Facts
        facts={[
          [
            'Account',
            caller.accountId &&
              accountLabel(caller.accountId, account?.accountName),
          ],
          ['From', vpcs.join(', ') || 'VPC not recorded'],
          ['ARN', caller.kind === 'signed' && <CopyableArn arn={caller.id} />],
        ].filter((fact): fact is [string, string] => Boolean(fact[1]))}
      />
      <PanelSection title="Calls">
        <EdgeList
          map={map}
          edges={map.edges.filter(({ callerId }) => callerId === caller.id)}
          onSelect={onSelectEdge}
        />
      </PanelSection>
      <PanelActions>
        <ButtonLink
          size="small"
          variant="secondary"
          href={paths.denied({ caller: caller.id })}
        >
          Denied requests
        </ButtonLink>
      </PanelActions>
    </Panel>
  );
}
