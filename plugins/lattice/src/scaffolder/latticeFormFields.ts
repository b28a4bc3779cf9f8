import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

const accountPicker = FormFieldBlueprint.make({
  name: 'account-picker',
  params: {
    field: async () => {
      const { LatticeAccountPicker, latticeAccountPickerSchema } = await import(
        './LatticeAccountPicker'
      );
      return createFormField({
        name: 'LatticeAccountPicker',
        component: LatticeAccountPicker,
        schema: latticeAccountPickerSchema,
      });
    },
  },
});

const networkPicker = FormFieldBlueprint.make({
  name: 'network-picker',
  params: {
    field: async () => {
      const { LatticeNetworkPicker, latticeNetworkPickerSchema } = await import(
        './LatticeNetworkPicker'
      );
      return createFormField({
        name: 'LatticeNetworkPicker',
        component: LatticeNetworkPicker,
        schema: latticeNetworkPickerSchema,
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

/**
 * Fields for software templates: `LatticeAccountPicker`, `LatticeNetworkPicker`, `LatticeCallerPicker` and
 * `LatticeServiceNameField`.
 *
 * @public
 */
export const latticeFormFields = [
  accountPicker,
  networkPicker,
  callerPicker,
  serviceNameField,
  policyField,
];
