import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentType, useState } from 'react';
import { latticeApiRef } from '../api';
import { LatticeAccountPicker } from './LatticeAccountPicker';
import { LatticeCallerPicker, validateCallers } from './LatticeCallerPicker';
import { LatticeNetworkPicker } from './LatticeNetworkPicker';
import { LatticePrefixListField } from './place/LatticePrefixListField';
import { LatticeServiceNameField } from './LatticeServiceNameField';
import {
  problemOfServiceName,
  validateServiceName,
} from './validateServiceName';

const role = (account: string, name: string) =>
  `arn:aws:iam::${account}:role/${name}`;
const network = (id: string) =>
  `arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/${id}`;

const api = {
  listProvisioningAccounts: async () => ({
    items: [
      {
        accountId: '667788990011',
        name: 'analytics',
        owner: 'group:default/analytics',
        regions: ['us-east-1'],
      },
      {
        accountId: '556677889900',
        name: 'payments',
        owner: 'group:default/payments',
        regions: ['us-east-1'],
        refusal: 'Only members of group:default/payments can create something',
      },
      {
        accountId: '223344556677',
        name: 'commerce',
        owner: 'group:default/commerce',
        regions: ['us-east-1'],
      },
    ],
  }),
  listProvisioningNetworks: async () => ({
    status: 'read',
    items: [
      {
        arn: network('sn-1'),
        name: 'company',
        accountId: '001122334455',
        region: 'us-east-1',
      },
    ],
  }),
  reviewProvisioning: async () => ({ region: 'us-east-1', checks: [] }),
  listCallers: async () => ({
    items: [
      {
        id: role('445566778899', 'public-proxy'),
        name: 'public-proxy',
        accountId: '445566778899',
      },
      {
        id: role('223344556677', 'orders'),
        name: 'orders',
        accountId: '223344556677',
      },
      {
        id: role('223344556677', 'lattice-portal-launch-lambda-service'),
        name: 'lattice-portal-launch-lambda-service',
        accountId: '223344556677',
      },
      { id: 'anonymous', name: 'anonymous' },
    ],
  }),
  listServices: async () => ({
    items: [{ name: 'orders', accountId: '223344556677' }],
  }),
};

function show(options: {
  Field: ComponentType<any>;
  api?: object;
  uiOptions?: object;
  value?: unknown;
  /** Default: true. */
  required?: boolean;
  /** The other fields of the form. */
  form?: object;
  /** Loses this many changes, as the form does when another field changes before it is rendered anew. */
  loses?: number;
}) {
  const changes: unknown[] = [];
  function Form() {
    const { Field, required = true } = options;
    const [formData, setFormData] = useState(options.value);
    return (
      <Field
        schema={{ title: 'Title', description: 'Description' }}
        uiSchema={{ 'ui:options': options.uiOptions }}
        idSchema={{ $id: 'root_field' }}
        required={required}
        formContext={{
          formData: { account: '223344556677', ...options.form },
        }}
        formData={formData}
        onChange={(value: unknown) => {
          changes.push(value);
          if (changes.length > (options.loses ?? 0)) {
            setFormData(value);
          }
        }}
      />
    );
  }
  renderInTestApp(
    <TestApiProvider
      apis={[
        [latticeApiRef, { ...api, ...options.api } as any],
        [
          identityApiRef,
          mockApis.identity({
            ownershipEntityRefs: ['user:default/ada', 'group:default/commerce'],
          }),
        ],
      ]}
    >
      <Form />
    </TestApiProvider>,
  );
  return changes;
}

describe('form fields', () => {
  it('chooses the account of the own group at first', async () => {
    const changes = show({ Field: LatticeAccountPicker });
    expect(
      await screen.findByRole('button', { name: /commerce \(223344556677\)/ }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /Title/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: /analytics/ }),
    );
    expect(changes).toEqual(['223344556677', '667788990011']);
    expect(screen.queryByRole('option', { name: /payments/ })).toBeNull();
    await userEvent.click(screen.getByText('1 account is not offered'));
    expect(
      screen.getByText(/^Only members of group:default\/payments/),
    ).toBeVisible();
  });

  it.each([
    ['account', LatticeAccountPicker, undefined, '223344556677'],
    ['network', LatticeNetworkPicker, undefined, network('sn-1')],
    ['prefix list', LatticePrefixListField, undefined, 'pl-1'],
    [
      'caller',
      LatticeCallerPicker,
      { preselect: ['public-proxy'] },
      [role('445566778899', 'public-proxy')],
    ],
  ])(
    'chooses the %s until the form has it',
    async (_, Field, uiOptions, value) => {
      const changes = show({
        Field,
        uiOptions,
        loses: 2,
        form: { network: network('sn-1') },
        api: {
          listProvisioningPrefixLists: async () => ({
            status: 'read',
            items: [
              { id: 'pl-1', name: 'com.amazonaws.us-east-1.vpc-lattice' },
            ],
          }),
        },
      });
      await waitFor(() => expect(changes).toEqual([value, value, value]));
      await new Promise(resolve => setTimeout(resolve, 300));
      expect(changes).toHaveLength(3);
    },
  );

  it('says why there is no account to choose', async () => {
    show({
      Field: LatticeAccountPicker,
      api: {
        listProvisioningAccounts: async () => ({
          items: [
            { accountId: '1', regions: [], refusal: 'Only members of others' },
          ],
        }),
      },
    });
    expect(
      await screen.findByText('Only members of others.'),
    ).toBeInTheDocument();
  });

  it('chooses none of several accounts of the own groups', async () => {
    const changes = show({
      Field: LatticeAccountPicker,
      api: {
        listProvisioningAccounts: async () => ({
          items: ['001122334455', '223344556677'].map(accountId => ({
            accountId,
            owner: 'group:default/commerce',
            regions: ['us-east-1'],
          })),
        }),
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: /Title/ }));
    expect(await screen.findAllByRole('option')).toHaveLength(2);
    expect(changes).toEqual([]);
  });

  it('chooses no account that may be left out', async () => {
    const changes = show({ Field: LatticeAccountPicker, required: false });
    await userEvent.click(await screen.findByRole('button', { name: /Title/ }));
    expect(await screen.findAllByRole('option')).not.toHaveLength(0);
    expect(changes).toEqual([]);
  });

  it('chooses the only network', async () => {
    const changes = show({ Field: LatticeNetworkPicker });
    await screen.findByRole('button', { name: /company/ });
    expect(changes).toEqual([network('sn-1')]);
  });

  it('offers roles as callers, some chosen at first, and keeps what is taken away', async () => {
    const changes = show({
      Field: LatticeCallerPicker,
      uiOptions: { preselect: ['public-proxy', 'not-there'] },
    });
    await userEvent.click(await screen.findByRole('button', { name: /Title/ }));
    expect(
      (await screen.findAllByRole('option')).map(({ textContent }) =>
        textContent?.replace(/account.*/, ''),
      ),
    ).toEqual(['orders', 'public-proxy']);
    await userEvent.click(screen.getByRole('option', { name: /orders/ }));
    await userEvent.click(screen.getByRole('option', { name: /public-proxy/ }));
    await userEvent.click(screen.getByRole('option', { name: /orders/ }));
    expect(changes[0]).toEqual([role('445566778899', 'public-proxy')]);
    expect(changes.at(-1)).toEqual([]);
  });

  it('offers the roles of the account alone', async () => {
    show({
      Field: LatticeCallerPicker,
      uiOptions: { accountField: 'account' },
    });
    await userEvent.click(await screen.findByRole('button', { name: /Title/ }));
    expect(await screen.findAllByRole('option')).toHaveLength(1);
    expect(screen.getByRole('option', { name: /orders/ })).toBeVisible();
  });

  it.each([
    [
      'accounts',
      LatticeAccountPicker,
      'listProvisioningAccounts',
      /lattice\.accounts/,
    ],
    ['callers', LatticeCallerPicker, 'listCallers', /No role is known/],
  ])(
    'says what to do without %s, and when they can not be read',
    async (_, Field, method, empty) => {
      const answer = jest
        .fn()
        .mockRejectedValueOnce(new Error('the back end is away'))
        .mockResolvedValue({ items: [] });
      const changes = show({ Field, api: { [method]: answer } });
      expect(
        await screen.findByText('the back end is away'),
      ).toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
      expect(await screen.findByText(empty)).toBeInTheDocument();
      expect(changes).toEqual([]);
    },
  );

  it('takes typed values where nothing could be read, and reads again', async () => {
    const away = jest
      .fn()
      .mockResolvedValueOnce({ status: 'unknown', reason: 'AccessDenied.' })
      .mockResolvedValue({ status: 'read', items: [] });
    const changes = show({
      Field: LatticeNetworkPicker,
      api: { listProvisioningNetworks: away },
    });
    expect(
      await screen.findByText(/^AccessDenied\. Type the value/),
    ).toBeInTheDocument();
    await userEvent.type(screen.getByRole('textbox', { name: /Title/ }), 'arn');
    expect(changes.at(-1)).toBe('arn');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText(/none is shared with it/),
    ).toBeInTheDocument();
  });

  it('takes a name', async () => {
    const changes = show({ Field: LatticeServiceNameField });
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Title/ }),
      'ab',
    );
    expect(changes).toEqual(['a', 'ab']);
  });
});

describe('validation', () => {
  const website = {
    kind: 'Component',
    metadata: { name: 'website' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/commerce' }],
  };
  const errorsOf = async (
    validate: (value: any, field: any, context: any) => unknown,
    value: unknown,
    latticeApi: object = api,
    form: object = {},
  ) => {
    const errors: string[] = [];
    const catalogApi = {
      getEntityByRef: async (ref: string) =>
        ref === 'component:default/website' ? website : undefined,
    };
    const apis = new Map<unknown, unknown>([
      [latticeApiRef, latticeApi],
      [catalogApiRef, catalogApi],
    ]);
    await validate(
      value,
      { addError: (message: string) => errors.push(message) },
      { apiHolder: { get: (ref: unknown) => apis.get(ref) }, ...form },
    );
    return errors.join();
  };

  it.each([
    ['stock', ''],
    [
      'orders',
      'Account 223344556677 has a service orders already. Choose another name.',
    ],
    [
      'website',
      'The catalog has a component website already. Choose another name.',
    ],
    ['x', 'A name has 3 to 40 characters'],
    [undefined, 'A name has 3 to 40 characters'],
  ])('of the name %p', async (name, expected) => {
    expect(await errorsOf(validateServiceName, name)).toBe(expected);
  });

  it.each([
    ['changes', 'group:default/commerce', ''],
    [
      'does not change for others',
      'group:default/edge',
      'The catalog has a component website already. Choose another name.',
    ],
  ])('lets be what a template %s', async (_, owner, expected) => {
    const plans: object[] = [];
    const latticeApi = {
      ...api,
      reviewProvisioning: async (plan: object) => {
        plans.push(plan);
        return { region: 'us-east-1', checks: [] };
      },
    };
    const form = {
      formData: { owner, account: '223344556677' },
      uiSchema: { 'ui:options': { template: 'lattice-lambda-service' } },
    };
    expect(
      await errorsOf(validateServiceName, 'website', latticeApi, form),
    ).toBe(expected);
    const template = 'template:default/lattice-lambda-service';
    const asked = { serviceName: 'website', madeBy: { template, owner } };
    expect(plans).toMatchObject(expected ? [] : [asked]);
  });

  it.each(['Stock', 'stock-', '-stock', 'st--ock', 'st_ock', 'svc-stock'])(
    'refuses the name %p',
    name => {
      expect(problemOfServiceName(name)).toMatch(/^A name /);
    },
  );

  it('says so when a name can not be checked', async () => {
    const away = {
      listServices: async () => {
        throw new Error('the back end is away');
      },
    };
    expect(await errorsOf(validateServiceName, 'stock', away)).toBe(
      'Whether the name is taken could not be checked: the back end is away',
    );
  });

  it.each([
    [[role('445566778899', 'public-proxy')], ''],
    [[], 'Choose at least one role. A service nobody may call is of no use.'],
    [['anonymous'], 'anonymous is not the ARN of an IAM role'],
  ])('of the callers %p', async (callers, expected) => {
    expect(await errorsOf(validateCallers, callers)).toBe(expected);
  });
});
