import type {
  MapServiceNetwork,
  ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { CopyableArn, EntityLink, Facts } from '../../components';
import { accountLabel } from '../../format';
import { describeAuthType } from '../describeAuthType';
import { Panel, PanelSection } from './Panel';
import styles from './Panel.module.css';

/** A service network: whose it is, what it enforces, who is in it. */
export function NetworkPanel(props: {
  map: ServiceMap;
  network: MapServiceNetwork;
  onClose: () => void;
}) {
  const { map, network, onClose } = props;
  const account = map.completeness.accounts.find(
    ({ accountId }) => accountId === network.accountId,
  );
  const services = map.services.filter(service =>
    service.serviceNetworkArns.includes(network.arn),
  );
  const vpcs = map.vpcs.filter(
    ({ serviceNetworkArn }) => serviceNetworkArn === network.arn,
  );
  return (
    <Panel kind="Service network" title={network.name} onClose={onClose}>
      <Facts
        facts={[
          [
            'Owner',
            network.owner ? (
              <EntityLink entityRef={network.owner} />
            ) : (
              'not known'
            ),
          ],
          ['Account', accountLabel(network.accountId, account?.accountName)],
          ['Auth type', describeAuthType(network.authType)],
          [
            'In catalog',
            network.entityRef && <EntityLink entityRef={network.entityRef} />,
          ],
          ['ARN', <CopyableArn arn={network.arn} />],
        ]}
      />
      <PanelSection title="Services">
        <ul className={styles.list}>
          {services.map(({ arn, name }) => (
            <li key={arn}>{name}</li>
          ))}
        </ul>
      </PanelSection>
      <PanelSection title="VPCs">
        <ul className={styles.list}>
          {vpcs.map(({ id, name }) => (
            <li key={id}>{name ? `${name} (${id})` : id}</li>
          ))}
        </ul>
      </PanelSection>
    </Panel>
  );
}
