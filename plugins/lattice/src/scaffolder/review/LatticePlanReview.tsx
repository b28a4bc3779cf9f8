import { Alert, Button, Skeleton } from '@backstage/ui';
import {
  type CustomFieldValidator,
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { ProvisioningCheck } from '@lattice-portal/plugin-lattice-common';
import { latticeApiRef } from '../../api';
import { chosenOf } from '../chosenOf';
import { placeOf, type PlaceOptions } from '../formPlace';
import { useRead } from '../place/useRead';
import { useAutomaticChoice } from '../useAutomaticChoice';
import {
  vpcAssociationOf,
  type VpcAssociationOptions,
  vpcAssociationOptions,
} from '../vpcAssociation';
import { CheckList } from './CheckList';
import styles from './LatticePlanReview.module.css';
import { keyOf, planFor, type PlanPart } from './reviewPlan';

interface ReviewOptions extends PlaceOptions, VpcAssociationOptions {
  nameField?: string;
  certificateField?: string;
  hostedZoneField?: string;
  subnetsField?: string;
  /** Field with the name of a new service network; there is no new service then. */
  networkNameField?: string;
  /** Field with the ARN of a service that is called. */
  calledServiceField?: string;
}

export const latticePlanReviewSchema = makeFieldSchema({
  output: z => z.string().describe('How the review came out'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
      regionField: z.string().optional(),
      vpcField: z.string().optional(),
      domainField: z.string().optional(),
      nameField: z.string().optional(),
      certificateField: z.string().optional(),
      hostedZoneField: z.string().optional(),
      subnetsField: z.string().optional(),
      networkNameField: z.string().optional(),
      calledServiceField: z.string().optional(),
      template: z
        .string()
        .optional()
        .describe('Name of the template, which may change what it made'),
      ...vpcAssociationOptions(z),
    }),
});

/** Holds the whole form against the estate and the quotas before anything is created. */
export function LatticePlanReview(
  props: FieldExtensionComponentProps<string, ReviewOptions>,
) {
  const { formData, onChange, formContext, uiSchema, schema } = props;
  const plan = planOf(uiSchema['ui:options'], formContext?.formData);
  const key = keyOf(plan);
  const state = useRead<ProvisioningCheck>({
    key,
    ask: async api => {
      const review = await api.reviewProvisioning(JSON.parse(key!));
      return { status: 'read', items: review.checks };
    },
  });
  // With a value from the start, so that the form is validated however soon it is handed on.
  const outcome =
    state.status === 'ready' ? outcomeOf(state.items) : 'not checked yet';
  const value = outcome === formData ? undefined : outcome;
  useAutomaticChoice({ value, onChange });

  const title = schema.title ?? 'What would be refused';
  return (
    <section className={styles.review} aria-label={title} aria-live="polite">
      <h3 className={styles.title}>{title}</h3>
      {schema.description && (
        <p className={styles.description}>{schema.description}</p>
      )}
      {state.status === 'waiting' && (
        <p className={styles.description}>Choose the account first.</p>
      )}
      {state.status === 'loading' && (
        <div role="status" aria-label={`${title}: loading`}>
          <Skeleton width="100%" height={96} />
        </div>
      )}
      {state.status === 'unknown' && (
        <Alert
          status="warning"
          icon
          title="The plan could not be checked"
          description={`${state.reason} What AWS refuses then shows in the run, and is taken back.`}
          customActions={
            <Button size="small" variant="secondary" onPress={state.retry}>
              Try again
            </Button>
          }
        />
      )}
      {state.status === 'ready' && <CheckList checks={state.items} />}
    </section>
  );
}

/** Looks once more: the estate may have changed since. */
export const validatePlanReview: CustomFieldValidator<
  string,
  ReviewOptions
> = async (_, field, { apiHolder, formData, uiSchema }) => {
  const plan = planOf(uiSchema?.['ui:options'], formData);
  const review =
    plan && (await apiHolder.get(latticeApiRef)?.reviewProvisioning(plan));
  for (const { result, message } of review?.checks ?? []) {
    if (result === 'refused') {
      field.addError(message);
    }
  }
};

/** The plan by the fields of the form. */
export function planOf(
  options: ReviewOptions | undefined,
  formData: Record<string, unknown> | undefined,
) {
  const {
    nameField = 'name',
    certificateField = 'certificateArn',
    hostedZoneField = 'hostedZoneId',
    subnetsField = 'subnets',
    networkNameField,
    calledServiceField,
  } = options ?? {};
  const textAt = (field: string | undefined) => {
    const value = field === undefined ? undefined : formData?.[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const place = placeOf(options, formData);
  const subnets = formData?.[subnetsField];
  const part: PlanPart = {
    serviceName: networkNameField ? undefined : textAt(nameField),
    madeBy: place.madeBy,
    networkName: textAt(networkNameField),
    calledServiceArn: textAt(calledServiceField),
    domainName: place.domainName,
    certificateArn: textAt(certificateField),
    hostedZoneId: textAt(hostedZoneField),
    vpcId: place.vpcId,
    vpcAssociation: vpcAssociationOf(options, formData),
    subnetIds: Array.isArray(subnets) ? chosenOf(subnets) : undefined,
  };
  return planFor(place, part);
}

function outcomeOf(checks: ProvisioningCheck[]): string {
  if (checks.some(({ result }) => result === 'refused')) {
    return 'would be refused';
  }
  return checks.some(({ result }) => result === 'unknown')
    ? 'not all could be checked'
    : 'nothing would be refused';
}
