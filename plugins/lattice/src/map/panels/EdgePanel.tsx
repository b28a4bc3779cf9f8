import { ButtonLink } from '@backstage/ui';
import {
  deniedCalls,
  type MapEdge,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { useLatticeQuery } from '../../api';
import { Facts, LinesSkeleton, Loadable, RelativeTime } from '../../components';
import { EdgeOutcome } from '../EdgeOutcome';
import { LayerRows } from '../../policy';
import { RelatedRequests } from '../../requests/RelatedRequests';
import { useMayAsk } from '../../requests/useMayAsk';
import { useLatticePaths } from '../../useLatticePaths';
import { edgeTitle } from '../describeEdge';
import { edgeState } from '../graph/edgeState';
import { CountFacts } from './CountFacts';
import { Panel, PanelActions, PanelSection } from './Panel';

/** Traffic from one caller to one service, and why it is refused where it is. */
export function EdgePanel(props: {
  map: ServiceMap;
  edge: MapEdge;
  onClose: () => void;
}) {
  const { map, edge, onClose } = props;
  const paths = useLatticePaths();
  const vpc = map.vpcs.find(({ id }) => id === edge.sourceVpcId);
  const denied = deniedCalls(edge.counts) > 0;
  const denialId = edge.lastDeniedRequestId;
  const { before } = edgeState(edge);
  return (
    <Panel kind="Traffic" title={edgeTitle(map, edge)} onClose={onClose}>
      <CountFacts counts={edge.counts} />
      <Facts
        facts={[
          ['Now', before && <EdgeOutcome edge={edge} />],
          ['From', vpc?.name ?? edge.sourceVpcId ?? 'VPC not recorded'],
          ['Since', <RelativeTime time={edge.firstSeen} />],
          ['Last call', <RelativeTime time={edge.lastSeen} />],
          [
            'Last works',
            edge.lastAllowed ? (
              <RelativeTime time={edge.lastAllowed} />
            ) : (
              'no allowed call recorded'
            ),
          ],
          [
            'Last denied',
            edge.lastDenied && <RelativeTime time={edge.lastDenied} />,
          ],
          ['Duration', describeDuration(edge)],
        ]}
      />
      {denied && denialId && (
        <>
          <Explanation denialId={denialId} />
          <PanelActions>
            <ButtonLink
              size="small"
              variant="primary"
              href={paths.denial(denialId)}
            >
              Explain
            </ButtonLink>
            {before?.outcome !== 'denied' && (
              <RequestAccess denialId={denialId} />
            )}
          </PanelActions>
        </>
      )}
    </Panel>
  );
}

function useDenial(denialId: string) {
  return useLatticeQuery({
    key: ['denial', denialId],
    ask: api => api.explainDeniedRequest({ id: denialId }),
  });
}

/** Only where there is something to ask for, for who may ask. */
function RequestAccess(props: { denialId: string }) {
  const { denialId } = props;
  const paths = useLatticePaths();
  const { data } = useDenial(denialId);
  const mayAsk = useMayAsk(data?.askers ?? []);
  if (!data?.fix || !mayAsk) {
    return undefined;
  }
  return (
    <ButtonLink
      size="small"
      variant="secondary"
      href={paths.newRequest(denialId)}
    >
      Request access
    </ButtonLink>
  );
}

function Explanation(props: { denialId: string }) {
  const query = useDenial(props.denialId);
  return (
    <PanelSection title="What the policies say now">
      <Loadable
        query={query}
        what="The explanation"
        skeleton={<LinesSkeleton lines={3} />}
      >
        {explanation => (
          <>
            <LayerRows layers={explanation.now.verdict.layers} />
            <RelatedRequests ids={explanation.accessRequestIds} />
          </>
        )}
      </Loadable>
    </PanelSection>
  );
}

function describeDuration(edge: MapEdge): string | undefined {
  const { durationP50, durationP95 } = edge;
  if (durationP50 === undefined || durationP95 === undefined) {
    return undefined;
  }
  return `half within ${Math.round(durationP50)} ms, 95 % within ${Math.round(
    durationP95,
  )} ms`;
}
