import { ButtonLink, Text } from '@backstage/ui';
import { useState } from 'react';
import { useLatticeQuery } from '../api';
import {
  AnswerBasisLine,
  Card,
  EmptyState,
  ErrorState,
  LinesSkeleton,
  Loadable,
  NetworkSelect,
  Page,
  ToolbarSpacer,
  WindowSelect,
  windowStart,
} from '../components';
import { CauseList } from '../denials/CauseList';
import { useCauses } from '../denials/useCauses';
import { OutcomesChart } from '../charts/OutcomesChart';
import { useLatticePaths } from '../useLatticePaths';
import { useUrlState } from '../useUrlState';
import { CallersTable } from './CallersTable';
import styles from './EntityLatticeContent.module.css';
import { PolicyCard } from './PolicyCard';
import { ServiceCard } from './ServiceCard';
import { useEntityService } from './useEntityService';

const REPEAT = 15_000;

/** The tab of a service's entity: outcomes, callers, policy. */
export function EntityLatticeContent() {
  const service = useEntityService();
  switch (service.status) {
    case 'found':
      return <ServiceContent serviceId={service.serviceId} />;
    case 'loading':
      return <LinesSkeleton lines={6} />;
    case 'failed':
      return (
        <ErrorState
          title="The service could not be looked up"
          error={service.error}
          onRetry={service.retry}
        />
      );
    default:
      return (
        <EmptyState
          title={`No VPC Lattice service is known as ${service.wanted}`}
        >
          It shows here once it exists in an account the portal reads, and you
          may see it.
        </EmptyState>
      );
  }
}

function ServiceContent(props: { serviceId: string }) {
  const { serviceId } = props;
  const [hours, setHours] = useState(6);
  const { get, set } = useUrlState();
  const network = get('overNetwork');
  const paths = useLatticePaths();
  const detail = useLatticeQuery({
    key: ['service', serviceId],
    ask: api => api.getService({ serviceId }),
    repeatEvery: REPEAT,
  });
  const traffic = useLatticeQuery({
    key: ['service-outcomes', serviceId, hours, network],
    ask: api =>
      api.getOutcomes({
        serviceId,
        from: windowStart(hours),
        serviceNetworkArn: network,
      }),
    repeatEvery: REPEAT,
    keepPrevious: true,
  });
  const callers = useLatticeQuery({
    key: ['service-callers', serviceId, hours, network],
    ask: api =>
      api.getCallers({
        serviceId,
        from: windowStart(hours),
        serviceNetworkArn: network,
      }),
    repeatEvery: REPEAT,
    keepPrevious: true,
  });
  return (
    <Page
      completeness={traffic.data?.completeness}
      toolbar={
        <>
          <ButtonLink
            size="small"
            variant="secondary"
            href={paths.map({ service: serviceId })}
          >
            Show on the map
          </ButtonLink>
          <ButtonLink
            size="small"
            variant="secondary"
            href={paths.denied({ service: detail.data?.service.arn })}
          >
            Denied requests
          </ButtonLink>
          <ToolbarSpacer />
          <NetworkSelect
            networks={detail.data?.serviceNetworks ?? []}
            value={network}
            onChange={next => set({ overNetwork: next })}
          />
          <WindowSelect hours={hours} onChange={setHours} />
        </>
      }
    >
      <div className={styles.grid}>
        <div className={styles.stack}>
          <Card title="Calls by outcome">
            <Loadable query={traffic} what="The calls" short>
              {data => (
                <>
                  <AnswerBasisLine basis={data} />
                  <OutcomesChart data={data} />
                </>
              )}
            </Loadable>
          </Card>
          <Card title="Callers">
            <Loadable query={callers} what="The callers" short>
              {data => (
                <>
                  <AnswerBasisLine basis={data} />
                  <CallersTable
                    {...data}
                    serviceName={detail.data?.service.name}
                  />
                </>
              )}
            </Loadable>
          </Card>
          <DeniedCard
            serviceArn={detail.data?.service.arn}
            network={network}
            failed={Boolean(detail.error)}
            hours={hours}
          />
        </div>
        <div className={styles.stack}>
          <Loadable query={detail} what="The service">
            {data => (
              <>
                <ServiceCard detail={data} />
                <PolicyCard detail={data} network={network} />
              </>
            )}
          </Loadable>
        </div>
      </div>
    </Page>
  );
}

function DeniedCard(props: {
  serviceArn: string | undefined;
  /** ARN of the service network that they came over. */
  network: string | undefined;
  /** The service could not be loaded, so nothing can be asked of it. */
  failed: boolean;
  hours: number;
}) {
  const { serviceArn, network, failed, hours } = props;
  const query = useCauses({
    hours,
    filter: { serviceArn, serviceNetworkArn: network },
    repeatEvery: REPEAT,
    enabled: Boolean(serviceArn),
  });
  return (
    <Card title="Denied requests">
      {!serviceArn && failed ? (
        <Text color="secondary">
          They show once the service could be loaded.
        </Text>
      ) : (
        <CauseList query={query} short without={['service', 'firstSeen']} />
      )}
    </Card>
  );
}
