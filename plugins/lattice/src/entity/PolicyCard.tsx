import { Text } from '@backstage/ui';
import type {
  AuthPolicyState,
  PolicyVersion,
  ServiceDetail,
} from '@lattice-portal/plugin-lattice-common';
import { Card, RelativeTime } from '../components';
import { shortArn } from '../format';
import { LayerDocument } from '../policy';
import { PolicyWithUse } from './PolicyWithUse';
import styles from './EntityLatticeContent.module.css';

/** The auth policy as it stands, and as it stood. */
export function PolicyCard(props: {
  detail: ServiceDetail;
  /** ARN of the service network whose calls count as use. Absent: all do. */
  network?: string;
}) {
  const { service, policyVersions } = props.detail;
  const earlier = policyVersions.filter(version => version.validTo);
  return (
    <Card title="Auth policy">
      {service.authType === 'NONE' && (
        <Text as="p">
          The auth type is NONE: a policy, if there is one, is not enforced.
        </Text>
      )}
      <CurrentPolicy
        serviceId={service.id}
        state={service.authPolicy}
        network={props.network}
      />
      {earlier.length > 0 && (
        <>
          <Text as="h4" weight="bold">
            Earlier
          </Text>
          <ul className={styles.versions}>
            {earlier.map(version => (
              <li key={version.validFrom}>
                <EarlierPolicy version={version} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function CurrentPolicy(props: {
  serviceId: string;
  state: AuthPolicyState;
  network: string | undefined;
}) {
  const { serviceId, state, network } = props;
  if (state.status === 'unreadable') {
    return <Text as="p">Not readable: {state.reason}</Text>;
  }
  return state.document ? (
    <PolicyWithUse
      serviceId={serviceId}
      document={state.document}
      network={network}
    />
  ) : (
    <Text as="p">There is no policy document.</Text>
  );
}

function EarlierPolicy(props: { version: PolicyVersion }) {
  const { validFrom, validTo, changedBy, document } = props.version;
  return (
    <details>
      <summary>
        from <RelativeTime time={validFrom} /> to{' '}
        {validTo && <RelativeTime time={validTo} />}
        {changedBy && `, put by ${shortArn(changedBy)}`}
      </summary>
      {document ? (
        <LayerDocument document={document} />
      ) : (
        <Text as="p">There was no policy document.</Text>
      )}
    </details>
  );
}
