import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

const accountPicker = FormFieldBlueprint.make({
  name: 'account-picker',
  params: {
    field: async () => {
      const {
        LatticeAccountPicker,
        latticeAccountPickerSchema,
        validateAccount,
      } = await import('./LatticeAccountPicker');
      return createFormField({
        name: 'LatticeAccountPicker',
        component: LatticeAccountPicker,
        schema: latticeAccountPickerSchema,
        validation: validateAccount,
      });
    },
  },
});

const networkPicker = FormFieldBlueprint.make({
  name: 'network-picker',
  params: {
    field: async () => {
      const {
        LatticeNetworkPicker,
        latticeNetworkPickerSchema,
        validateNetwork,
      } = await import('./LatticeNetworkPicker');
      return createFormField({
        name: 'LatticeNetworkPicker',
        component: LatticeNetworkPicker,
        schema: latticeNetworkPickerSchema,
        validation: validateNetwork,
      });
    },
  },
});

const callerPicker = FormFieldBlueprint.make({
  name: 'caller-picker',
  params: {
    field: async () => {
      const {
        LatticeCallerPicker,
        latticeCallerPickerSchema,
        validateCallers,
      } = await import('./LatticeCallerPicker');
      return createFormField({
        name: 'LatticeCallerPicker',
        component: LatticeCallerPicker,
        schema: latticeCallerPickerSchema,
        validation: validateCallers,
      });
    },
  },
});

const serviceNameField = FormFieldBlueprint.make({
  name: 'service-name-field',
  params: {
    field: async () => {
      const [
        { LatticeServiceNameField, latticeServiceNameFieldSchema },
        { validateServiceName },
      ] = await Promise.all([
        import('./LatticeServiceNameField'),
        import('./validateServiceName'),
      ]);
      return createFormField({
        name: 'LatticeServiceNameField',
        component: LatticeServiceNameField,
        schema: latticeServiceNameFieldSchema,
        validation: validateServiceName,
      });
    },
  },
});

const policyField = FormFieldBlueprint.make({
  name: 'policy-field',
  params: {
    field: async () => {
      const [
        { LatticePolicyField, latticePolicyFieldSchema },
        { validatePolicy },
      ] = await Promise.all([
        import('./policyField/LatticePolicyField'),
        import('./policyField/validatePolicy'),
      ]);
      return createFormField({
        name: 'LatticePolicyField',
        component: LatticePolicyField,
        schema: latticePolicyFieldSchema,
        validation: validatePolicy,
      });
    },
  },
});

const vpcPicker = FormFieldBlueprint.make({
  name: 'vpc-picker',
  params: {
    field: async () => {
      const { LatticeVpcPicker, latticeVpcPickerSchema, validateVpc } =
        await import('./place/LatticeVpcPicker');
      return createFormField({
        name: 'LatticeVpcPicker',
        component: LatticeVpcPicker,
        schema: latticeVpcPickerSchema,
        validation: validateVpc,
      });
    },
  },
});

const subnetPicker = FormFieldBlueprint.make({
  name: 'subnet-picker',
  params: {
    field: async () => {
      const {
        LatticeSubnetPicker,
        latticeSubnetPickerSchema,
        validateSubnets,
      } = await import('./place/LatticeSubnetPicker');
      return createFormField({
        name: 'LatticeSubnetPicker',
        component: LatticeSubnetPicker,
        schema: latticeSubnetPickerSchema,
        validation: validateSubnets,
      });
    },
  },
});

const prefixListField = FormFieldBlueprint.make({
  name: 'prefix-list-field',
  params: {
    field: async () => {
      const { LatticePrefixListField, latticePrefixListFieldSchema } =
        await import('./place/LatticePrefixListField');
      return createFormField({
        name: 'LatticePrefixListField',
        component: LatticePrefixListField,
        schema: latticePrefixListFieldSchema,
      });
    },
  },
});

const certificatePicker = FormFieldBlueprint.make({
  name: 'certificate-picker',
  params: {
    field: async () => {
      const {
        LatticeCertificatePicker,
        latticeCertificatePickerSchema,
        validateCertificate,
      } = await import('./place/LatticeCertificatePicker');
      return createFormField({
        name: 'LatticeCertificatePicker',
        component: LatticeCertificatePicker,
        schema: latticeCertificatePickerSchema,
        validation: validateCertificate,
      });
    },
  },
});

const hostedZonePicker = FormFieldBlueprint.make({
  name: 'hosted-zone-picker',
  params: {
    field: async () => {
      const {
        LatticeHostedZonePicker,
        latticeHostedZonePickerSchema,
        validateHostedZone,
      } = await import('./place/LatticeHostedZonePicker');
      return createFormField({
        name: 'LatticeHostedZonePicker',
        component: LatticeHostedZonePicker,
        schema: latticeHostedZonePickerSchema,
        validation: validateHostedZone,
      });
    },
  },
});

const domainNameField = FormFieldBlueprint.make({
  name: 'domain-name-field',
  params: {
    field: async () => {
      const {
        LatticeDomainNameField,
        latticeDomainNameFieldSchema,
        validateDomainName,
      } = await import('./place/LatticeDomainNameField');
      return createFormField({
        name: 'LatticeDomainNameField',
        component: LatticeDomainNameField,
        schema: latticeDomainNameFieldSchema,
        validation: validateDomainName,
      });
    },
  },
});

const accessLogDestinationPicker = FormFieldBlueprint.make({
  name: 'access-log-destination-picker',
  params: {
    field: async () => {
      const {
        LatticeAccessLogDestinationPicker,
        latticeAccessLogDestinationPickerSchema,
      } = await import('./place/LatticeAccessLogDestinationPicker');
      return createFormField({
        name: 'LatticeAccessLogDestinationPicker',
        component: LatticeAccessLogDestinationPicker,
        schema: latticeAccessLogDestinationPickerSchema,
      });
    },
  },
});

const servicePicker = FormFieldBlueprint.make({
  name: 'service-picker',
  params: {
    field: async () => {
      const { LatticeServicePicker, latticeServicePickerSchema } = await import(
        './LatticeServicePicker'
      );
      return createFormField({
        name: 'LatticeServicePicker',
        component: LatticeServicePicker,
        schema: latticeServicePickerSchema,
      });
    },
  },
});

const planReview = FormFieldBlueprint.make({
  name: 'plan-review',
  params: {
    field: async () => {
      const { LatticePlanReview, latticePlanReviewSchema, validatePlanReview } =
        await import('./review/LatticePlanReview');
      return createFormField({
        name: 'LatticePlanReview',
        component: LatticePlanReview,
        schema: latticePlanReviewSchema,
        validation: validatePlanReview,
      });
    },
  },
});

/**
 * Fields for software templates; the README has what each gives and takes.
 *
 * @public
 */
export const latticeFormFields = [
  accountPicker,
  networkPicker,
  callerPicker,
  serviceNameField,
  policyField,
  vpcPicker,
  subnetPicker,
  prefixListField,
  certificatePicker,
  hostedZonePicker,
  domainNameField,
  accessLogDestinationPicker,
  servicePicker,
  planReview,
];
