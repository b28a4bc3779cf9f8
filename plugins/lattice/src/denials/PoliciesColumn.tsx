import { Alert, Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { Layer, LayerVerdict } from '@lattice-portal/auth-policy';
import type {
  DenialExplanation,
  PolicyEvaluation,
} from '@lattice-portal/plugin-lattice-common';
import { useState } from 'react';
import { Card, LayerResultMark } from '../components';
import { formatExact, layerNames, layerResultNames } from '../format';
import { LayerDocument } from '../policy';
import styles from './DenialPage.module.css';

type Moment = 'then' | 'now';

/** What the policies of then and of now say, layer by layer, with the statements. */
export function PoliciesColumn(props: { explanation: DenialExplanation }) {
  const { then, now, agreement, request } = props.explanation;
  const [moment, setMoment] = useState<Moment>(then ? 'then' : 'now');
  const shown = (moment === 'then' && then) || now;
  return (
    <Card title="What the policies say">
      {then ? (
        <ToggleButtonGroup
          aria-label="Policies of"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[moment]}
          onSelectionChange={keys => setMoment([...keys][0] as Moment)}
        >
          <ToggleButton id="then">Then</ToggleButton>
          <ToggleButton id="now">Now</ToggleButton>
        </ToggleButtonGroup>
      ) : (
        <Text color="secondary">
          The policies of {formatExact(request.startTime)} are not known; these
          are the policies of now.
        </Text>
      )}
      {agreement.agrees === true ? (
        <Text color="secondary">{agreement.explanation}</Text>
      ) : (
        <Alert
          status={agreement.agrees === 'open' ? 'info' : 'warning'}
          title={agreement.explanation}
          description={
            agreement.mayBe.length
              ? `It may be: ${agreement.mayBe.join('; ')}`
              : undefined
          }
        />
      )}
      {shown.verdict.layers.map(layer => (
        <LayerSection
          key={layer.layer}
          layer={layer}
          evaluation={shown}
          then={then && resultOf(then, layer.layer)}
          now={resultOf(now, layer.layer)}
        />
      ))}
    </Card>
  );
}

function LayerSection(props: {
  layer: LayerVerdict;
  evaluation: PolicyEvaluation;
  then: LayerVerdict | undefined;
  now: LayerVerdict | undefined;
}) {
  const { layer, evaluation, then, now } = props;
  const documents = evaluation.documents.filter(
    ({ layer: of }) => of === layer.layer,
  );
  return (
    <div className={styles.layer}>
      <div className={styles.layerHeading}>
        <LayerResultMark result={layer.result} />
        <Text as="h4" variant="body-medium" weight="bold">
          {layerNames[layer.layer]}
        </Text>
        <Text>{layerResultNames[layer.result]}</Text>
        {then && now && then.result !== now.result && (
          <span className={styles.moment}>
            then <LayerResultMark result={then.result} />{' '}
            {layerResultNames[then.result]}, now{' '}
            <LayerResultMark result={now.result} />{' '}
            {layerResultNames[now.result]}
          </span>
        )}
      </div>
      <Text as="p">{layer.message}</Text>
      {documents.map((document, index) => (
        <div key={`${document.resourceArn ?? ''}${document.name ?? index}`}>
          <Text as="p" variant="body-small" color="secondary">
            {document.name ?? 'Policy'}
            {document.validFrom &&
              `, as it stands since ${formatExact(document.validFrom)}`}
          </Text>
          {document.document ? (
            <LayerDocument
              document={document.document}
              verdict={layer}
              policyIndex={documents.length > 1 ? index : undefined}
            />
          ) : (
            <Text as="p" color="secondary">
              {document.withheld ?? 'There is no policy document.'}
            </Text>
          )}
        </div>
      ))}
    </div>
  );
}

function resultOf(evaluation: PolicyEvaluation, layer: Layer) {
  return evaluation.verdict.layers.find(row => row.layer === layer);
}
