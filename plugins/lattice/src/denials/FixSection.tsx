import { Alert, ButtonLink, Text } from '@backstage/ui';
import type {
  DenialExplanation,
  ProposedFix,
} from '@lattice-portal/plugin-lattice-common';
import { Fragment } from 'react';
import { Card, EntityLink, Facts } from '../components';
import { LayerRows, StatementView } from '../policy';
import { layerNames } from '../format';
import { RelatedRequests } from '../requests/RelatedRequests';
import { useMayAsk } from '../requests/useMayAsk';
import { useLatticePaths } from '../useLatticePaths';
import styles from './DenialPage.module.css';

/** The smallest change that lets the call through, whose it is, and the proof. */
export function FixSection(props: { explanation: DenialExplanation }) {
  const { fix, noFix, request, askers, accessRequestIds, now } =
    props.explanation;
  const paths = useLatticePaths();
  return (
    <div className={styles.fix}>
      <Card title="What would fix it">
        <RelatedRequests ids={accessRequestIds} />
        {now.verdict.outcome === 'allowed' && (
          <Alert
            status="success"
            title="The policies of now allow this call; nothing needs to change"
          />
        )}
        {fix ? (
          <Fix
            fix={fix}
            askers={askers}
            requestHref={paths.newRequest(request.id)}
          />
        ) : (
          <Text as="p">
            {noFix ??
              'No change of a policy was found that would let it through.'}
          </Text>
        )}
      </Card>
    </div>
  );
}

function Fix(props: {
  fix: ProposedFix;
  askers: string[];
  requestHref: string;
}) {
  const { fix, askers, requestHref } = props;
  const mayAsk = useMayAsk(askers);
  return (
    <>
      <div className={styles.changes}>
        {fix.changes.map(change => (
          <div key={change.resourceArn} className={styles.layer}>
            <Facts
              facts={[
                [
                  layerNames[change.layer],
                  `one statement more in the auth policy of ${change.resourceName}`,
                ],
                [
                  'Decides',
                  change.owner ? (
                    <EntityLink entityRef={change.owner} />
                  ) : (
                    'owner not known'
                  ),
                ],
              ]}
            />
            <StatementView
              statement={change.statement}
              caption="Statement to add"
              added
            />
          </div>
        ))}
        <div className={styles.layer}>
          <Text as="h4" variant="body-medium" weight="bold">
            Proof: with it the call is {fix.proof.outcome}
          </Text>
          <LayerRows layers={fix.proof.layers} />
        </div>
      </div>
      {mayAsk && (
        <div>
          <ButtonLink variant="primary" href={requestHref}>
            Request access
          </ButtonLink>
        </div>
      )}
      {mayAsk === false && <WhoMayAsk askers={askers} />}
    </>
  );
}

function WhoMayAsk(props: { askers: string[] }) {
  return (
    <Text as="p" color="secondary">
      Only the caller’s own team or the platform team can ask for it:{' '}
      {props.askers.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ', '}
          <EntityLink entityRef={ref} />
        </Fragment>
      ))}
      .
    </Text>
  );
}
