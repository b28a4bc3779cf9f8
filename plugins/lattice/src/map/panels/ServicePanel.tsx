import { ButtonLink } from '@backstage/ui';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  totalCalls,
  type MapEdge,
  type MapService,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { CopyableArn, EntityLink, Facts } from '../../components';
import { accountLabel } from '../../format';
import { useLatticePaths } from '../../useLatticePaths';
import { describeAuthType } from '../describeAuthType';
import { CountFacts } from './CountFacts';
import { EdgeList } from './EdgeList';
import { Panel, PanelActions, PanelSection } from './Panel';

/** A service: whose it is, what it enforces, who calls it. */
export function ServicePanel(props: {
  map: ServiceMap;
  service: MapService;
  onClose: () => void;
  onSelectEdge: (edge: MapEdge) => void;
}) {
  const { map, service, onClose, onSelectEdge } = props;
  const entityLink = useEntityRefLink();
  const paths = useLatticePaths();
  const account = map.completeness.accounts.find(
    ({ accountId }) => accountId === service.accountId,
  );
  const networks = map.serviceNetworks.filter(({ arn }) =>
    service.serviceNetworkArns.includes(arn),
  );
  const edges = map.edges
    .filter(edge => edge.serviceArn === service.arn)
    .sort((a, b) => totalCalls(b.counts) - totalCalls(a.counts));
  return (
    <Panel kind="Service" title={service.name} onClose={onClose}>
      <Facts
        facts={[
          [
            'Owner',
            service.owner ? (
              <EntityLink entityRef={service.owner} />
            ) : (
              'not known'
            ),
          ],
          ['Account', accountLabel(service.accountId, account?.accountName)],
          ['Region', service.region],
          ['Auth type', describeAuthType(service.authType)],
          [
            'Networks',
            networks.map(({ name }) => name).join(', ') || 'in none',
          ],
          ['Targets', service.targetTypes.join(', ')],
          ['ARN', <CopyableArn arn={service.arn} />],
        ]}
      />
      <PanelSection title="Calls in this window">
        <CountFacts counts={service.counts} />
      </PanelSection>
      {edges.length > 0 && (
        <PanelSection title="Callers">
          <EdgeList map={map} edges={edges} onSelect={onSelectEdge} />
        </PanelSection>
      )}
      <PanelActions>
        <ButtonLink
          size="small"
          variant="primary"
          href={entityLink(service.entityRef)}
        >
          Open in catalog
        </ButtonLink>
        <ButtonLink
          size="small"
          variant="secondary"
          href={paths.denied({ service: service.arn })}
        >
          Denied requests
        </ButtonLink>
      </PanelActions>
    </Panel>
  );
}
