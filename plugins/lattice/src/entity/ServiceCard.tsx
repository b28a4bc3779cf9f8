import { Alert } from '@backstage/ui';
import type { ServiceDetail } from '@lattice-portal/plugin-lattice-common';
import {
  Card,
  CopyableArn,
  describeAccounts,
  EntityLink,
  Facts,
  useNow,
} from '../components';
import { accountLabel } from '../format';
import { describeAuthType } from '../map/describeAuthType';

/** Whose the service is and where it stands. */
export function ServiceCard(props: { detail: ServiceDetail }) {
  const { service, owner, serviceNetworks, targetGroups, freshness } =
    props.detail;
  const now = useNow();
  const notes = describeAccounts([freshness], now);
  return (
    <Card title="Service">
      {notes.map(note => (
        <Alert
          key={note.id}
          status="warning"
          icon
          title={note.text}
          description={note.detail}
        />
      ))}
      <Facts
        facts={[
          ['Name', service.name],
          ['Owner', owner ? <EntityLink entityRef={owner} /> : 'not known'],
          ['Account', accountLabel(service.accountId, freshness.accountName)],
          ['Region', service.region],
          ['Status', service.status],
          ['Auth type', describeAuthType(service.authType)],
          ['Domain', service.customDomainName ?? service.domainName],
          [
            'Networks',
            serviceNetworks.map(({ name }) => name).join(', ') || 'in none',
          ],
          [
            'Listeners',
            service.listeners
              .map(({ protocol, port }) => `${protocol} ${port}`)
              .join(', '),
          ],
          [
            'Targets',
            targetGroups
              .map(({ name, type }) => `${name} (${type})`)
              .join(', '),
          ],
          ['ARN', <CopyableArn arn={service.arn} />],
        ]}
      />
    </Card>
  );
}
