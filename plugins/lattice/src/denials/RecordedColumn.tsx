import { Link } from '@backstage/ui';
import type { DenialExplanation } from '@lattice-portal/plugin-lattice-common';
import { Card, CopyableArn, describeDestination, Facts } from '../components';
import { formatExact } from '../format';
import { useLatticePaths } from '../useLatticePaths';
import styles from './DenialPage.module.css';
import { serviceLabel } from './serviceLabel';

const callerKinds = {
  signed: 'signed',
  anonymous: 'not signed',
  unknown: 'AWS could not name the caller',
};

const deniedBy: Record<string, string> = {
  'denied-by-network': "the service network's auth policy",
  'denied-by-service': "the service's auth policy",
  'denied-by-identity': "the caller's own identity policies",
};

/** The log record, in words first and then whole. */
export function RecordedColumn(props: { explanation: DenialExplanation }) {
  const { request, recorded, recordedIn } = props.explanation;
  const paths = useLatticePaths();
  return (
    <Card title="Recorded by AWS">
      <Facts
        facts={[
          ['When', formatExact(request.startTime)],
          ['Refused by', deniedBy[request.outcome] ?? request.outcome],
          ['Call', [request.method, request.path].filter(Boolean).join(' ')],
          [
            'Service',
            <CopyableArn arn={request.serviceArn}>
              {serviceLabel(request)}
            </CopyableArn>,
          ],
          [
            'Caller',
            request.principal ? (
              <CopyableArn arn={request.principal}>
                {request.principal.split(':').slice(5).join(':') ||
                  request.principal}
              </CopyableArn>
            ) : (
              request.callerId
            ),
          ],
          ['Signature', callerKinds[request.callerKind]],
          ['Account', request.callerAccountId],
          ['From VPC', request.sourceVpcId],
          [
            'Network',
            request.serviceNetworkArn && (
              <CopyableArn arn={request.serviceNetworkArn} />
            ),
          ],
          [
            'Request id',
            request.requestId && (
              <Link href={paths.records(request.requestId, request.startTime)}>
                {request.requestId}
              </Link>
            ),
          ],
          ['In the logs', recordedIn.map(describeDestination).join(', ')],
        ]}
      />
      <details className={styles.record}>
        <summary>The whole record</summary>
        <Facts
          facts={Object.entries(recorded).map(([field, value]) => [
            field,
            typeof value === 'string' ? value : JSON.stringify(value),
          ])}
        />
      </details>
    </Card>
  );
}
