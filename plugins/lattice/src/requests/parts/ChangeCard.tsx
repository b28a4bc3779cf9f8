import { Text } from '@backstage/ui';
import type { AccessRequestChange } from '@lattice-portal/plugin-lattice-common';
import { Card, EntityLink, Facts, RelativeTime } from '../../components';
import { entityLabel, formatNumber } from '../../format';
import { describeStatement, StatementView, TextDiff } from '../../policy';
import styles from './ChangeCard.module.css';

const policyOf = {
  network: 'the service network',
  service: 'the service',
};

/** A change of one document: its meaning, then its text, then who decided. */
export function ChangeCard(props: { change: AccessRequestChange }) {
  const { change } = props;
  const { decision, appliedAt, removedAt } = change;
  return (
    <Card label={`Change of ${change.resourceName}`}>
      <Text as="h3" variant="body-large" weight="bold">
        One statement more in the policy of {policyOf[change.layer]}{' '}
        {change.resourceName}
      </Text>
      <Facts facts={describeStatement(change.statement)} />
      <Facts
        facts={[
          [
            'Decides',
            change.owner ? (
              <EntityLink entityRef={change.owner} />
            ) : (
              'owner not known'
            ),
          ],
          [
            'Room left',
            `${formatNumber(
              change.charactersLeft,
            )} of 10\u202f000 characters after the change`,
          ],
          [
            'Decision',
            decision ? (
              <>
                {decision.verdict} by {entityLabel(decision.by)}{' '}
                <RelativeTime time={decision.at} />
                {decision.comment && `: “${decision.comment}”`}
              </>
            ) : undefined,
          ],
          ['Applied', appliedAt && <RelativeTime time={appliedAt} />],
          ['Taken out', removedAt && <RelativeTime time={removedAt} />],
        ]}
      />
      {change.withheld ? (
        <>
          <Text as="p" color="secondary">
            {change.withheld} {stateOf(change).sentence}
          </Text>
          <StatementView
            statement={change.statement}
            caption={stateOf(change).caption}
            added
          />
        </>
      ) : (
        <details className={styles.text}>
          <summary>
            Difference of the text; all other statements stay as they are
          </summary>
          <TextDiff before={change.before} after={change.after} />
        </details>
      )}
    </Card>
  );
}

/** What has become of the statement. */
function stateOf({ appliedAt, removedAt, decision }: AccessRequestChange) {
  if (removedAt) {
    return {
      caption: 'Statement taken out again',
      sentence: 'This statement was added and is taken out again:',
    };
  }
  if (appliedAt) {
    return {
      caption: 'Statement added',
      sentence:
        'All its other statements stayed as they were; this one is new:',
    };
  }
  return decision?.verdict === 'refused'
    ? { caption: 'Statement refused', sentence: 'This was not added:' }
    : {
        caption: 'Statement to add',
        sentence:
          'All its other statements stay as they are; this one is added:',
      };
}
