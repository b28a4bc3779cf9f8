import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentType, useState } from 'react';
import type { ProvisioningPlan } from '@lattice-portal/plugin-lattice-common';
import { renderLattice } from '../../__testUtils__/renderLattice';
import { latticeApiRef } from '../../api';
import {
  LatticePlanReview,
  validatePlanReview,
} from '../review/LatticePlanReview';
import { LatticeAccessLogDestinationPicker } from './LatticeAccessLogDestinationPicker';
import { LatticeCertificatePicker } from './LatticeCertificatePicker';
import {
  LatticeDomainNameField,
  validateDomainName,
} from './LatticeDomainNameField';
import { LatticeHostedZonePicker } from './LatticeHostedZonePicker';
import { LatticePrefixListField } from './LatticePrefixListField';
import { LatticeSubnetPicker } from './LatticeSubnetPicker';
import { LatticeVpcPicker, validateVpc } from './LatticeVpcPicker';

jest.setTimeout(60_000);

const networkArn =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-1';
const certificateArn = 'arn:aws:acm:us-east-1:223344556677:certificate/c-1';

const read =
  (...items: object[]) =>
  async () =>
    ({ status: 'read', items } as any);

const reviews: ProvisioningPlan[] = [];

const api: any = {
  listProvisioningVpcs: read(
    {
      id: 'vpc-1',
      name: 'commerce',
      cidrBlock: '10.2.0.0/16',
      association: {
        status: 'associated',
        serviceNetworkArn: networkArn,
        serviceNetworkName: 'company',
        associationStatus: 'ACTIVE',
      },
    },
    { id: 'vpc-2', association: { status: 'none' } },
  ),
  listProvisioningSubnets: read(
    {
      id: 'subnet-1',
      vpcId: 'vpc-1',
      availabilityZone: 'us-east-1a',
      availabilityZoneId: 'use1-az1',
      availableAddresses: 4_091,
    },
    { id: 'subnet-2', vpcId: 'vpc-1' },
  ),
  listProvisioningPrefixLists: read(
    { id: 'pl-6', name: 'com.amazonaws.us-east-1.ipv6.vpc-lattice' },
    { id: 'pl-4', name: 'com.amazonaws.us-east-1.vpc-lattice' },
  ),
  listProvisioningCertificates: read({
    arn: certificateArn,
    domainNames: ['*.example.com'],
    status: 'ISSUED',
    expiresAt: '2027-03-01T00:00:00Z',
  }),
  listProvisioningHostedZones: read({
    id: 'Z1',
    name: 'example.com',
    isPrivate: false,
  }),
  listProvisioningLogDestinations: read(
    { arn: 'arn:aws:s3:::logs', kind: 'bucket', usedBy: ['orders'] },
    {
      arn: 'arn:aws:logs:us-east-1:1:log-group:x',
      kind: 'log-group',
      usedBy: [],
    },
  ),
  reviewProvisioning: async (plan: ProvisioningPlan) => {
    reviews.push(plan);
    const refusals: [string, unknown, string][] = [
      [
        'vpc',
        plan.vpcId === 'vpc-2' && plan.vpcAssociation === 'needed',
        'not associated',
      ],
      ['domain-name', plan.domainName === 'taken.example.com', 'in use'],
    ];
    return {
      region: 'us-east-1',
      checks: [
        { id: 'account', result: 'passes', message: 'may create' },
        { id: 'services-quota', result: 'unknown', message: 'no quota' },
        ...refusals.flatMap(([id, isRefused, message]) =>
          isRefused ? [{ id, result: 'refused', message }] : [],
        ),
      ],
    };
  },
};

function show(options: {
  Field: ComponentType<any>;
  uiOptions?: object;
  form?: object;
  value?: unknown;
}) {
  const changes: unknown[] = [];
  function Form() {
    const { Field } = options;
    const [formData, setFormData] = useState(options.value);
    return (
      <Field
        schema={{ title: 'Title' }}
        uiSchema={{ 'ui:options': options.uiOptions }}
        idSchema={{ $id: 'root_field' }}
        formContext={{
          formData: {
            account: '223344556677',
            network: networkArn,
            ...options.form,
          },
        }}
        formData={formData}
        onChange={(value: unknown) => {
          changes.push(value);
          setFormData(value);
        }}
      />
    );
  }
  renderLattice(<Form />, { api });
  return changes;
}

const choose = async (option: RegExp) => {
  await userEvent.click(await screen.findByRole('button', { name: /Title/ }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

describe('fields of a place', () => {
  it('say at once that a VPC reaches no network', async () => {
    const changes = show({
      Field: LatticeVpcPicker,
      uiOptions: { vpcAssociation: 'needed' },
    });
    await userEvent.click(await screen.findByRole('button', { name: /Title/ }));
    const options = (await screen.findAllByRole('option')).map(
      ({ textContent }) => textContent,
    );
    expect(options).toEqual([
      'commerce (vpc-1)10.2.0.0/16, associated with company',
      'vpc-2not associated with a service network',
    ]);
    await userEvent.click(screen.getByRole('option', { name: /vpc-2/ }));
    expect(changes).toEqual(['vpc-2']);
    expect(await screen.findByText('not associated')).toBeInTheDocument();
    expect(reviews.at(-1)).toEqual({
      accountId: '223344556677',
      region: 'us-east-1',
      networkArn,
      vpcId: 'vpc-2',
      vpcAssociation: 'needed',
    });
  });

  it.each([
    [LatticeVpcPicker, { account: undefined }, 'Choose the account first.'],
    [LatticeSubnetPicker, {}, 'Choose the VPC first.'],
    [LatticePlanReview, { account: '' }, 'Choose the account first.'],
  ])('wait for others', async (Field, form, expected) => {
    show({ Field, form });
    expect(await screen.findByText(expected)).toBeInTheDocument();
  });

  it.each([
    ['of nothing yet', undefined],
    ['of the empty places that a form makes', [undefined, undefined]],
  ])('offer the subnets of the VPC, instead %s', async (_, value) => {
    const changes = show({
      Field: LatticeSubnetPicker,
      form: { vpc: 'vpc-1' },
      value,
    });
    await choose(/subnet-1/);
    expect(changes).toEqual([['subnet-1']]);
    expect(screen.getByRole('option', { name: /subnet-1/ })).toHaveTextContent(
      /us-east-1a \(use1-az1\), 4.091 addresses free/,
    );
  });

  it.each([
    [undefined, 'pl-4'],
    ['IPv6', 'pl-6'],
  ])('choose the prefix list of %s', async (addressFamily, expected) => {
    const changes = show({
      Field: LatticePrefixListField,
      uiOptions: { addressFamily },
    });
    await screen.findByRole('button', { name: new RegExp(expected) });
    expect(changes).toEqual([expected]);
  });

  it('offer certificates', async () => {
    const changes = show({ Field: LatticeCertificatePicker });
    await choose(/\*\.example\.com/);
    expect(changes).toEqual([certificateArn]);
  });

  it('offer hosted zones, and none', async () => {
    const changes = show({ Field: LatticeHostedZonePicker });
    await choose(/example\.com/);
    await choose(/^None/);
    expect(changes).toEqual(['Z1', undefined]);
  });

  it('offer buckets for access logs, and a log group', async () => {
    const changes = show({ Field: LatticeAccessLogDestinationPicker });
    await userEvent.click(
      await screen.findByRole('button', { name: /A log group of its own/ }),
    );
    expect(await screen.findAllByRole('option')).toHaveLength(2);
    await userEvent.click(screen.getByRole('option', { name: 'logs' }));
    expect(changes).toEqual(['arn:aws:s3:::logs']);
  });

  it('say at once that a host name is in use', async () => {
    show({ Field: LatticeDomainNameField });
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Title/ }),
      'Taken.example.com',
    );
    expect(await screen.findByText('in use')).toBeInTheDocument();
  });

  it('review the whole plan, refusals first', async () => {
    const changes = show({
      Field: LatticePlanReview,
      uiOptions: {
        vpcAssociation: 'needed',
        vpcAssociationWhen: { callsOthers: true },
      },
      form: {
        callsOthers: true,
        name: 'stock',
        vpc: 'vpc-2',
        customDomainName: 'taken.example.com',
        subnets: ['subnet-1'],
      },
    });
    const items = await screen.findAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'refused not associated',
      'refused in use',
      'unknown no quota',
      'fine may create',
    ]);
    expect(changes).toEqual(['not checked yet', 'would be refused']);
    expect(reviews.at(-1)).toMatchObject({
      serviceName: 'stock',
      subnetIds: ['subnet-1'],
    });
  });
});

describe('validation', () => {
  const needed = {
    vpcAssociation: 'needed',
    vpcAssociationWhen: { callsOthers: true },
  };
  const errorsOf = async (
    validate: (value: any, field: any, context: any) => unknown,
    value: unknown,
    options: { form?: object; uiOptions?: object } = {},
  ) => {
    const errors: string[] = [];
    await validate(
      value,
      { addError: (message: string) => errors.push(message) },
      {
        apiHolder: {
          get: (ref: unknown) => (ref === latticeApiRef ? api : undefined),
        },
        formData: { account: '223344556677', ...options.form },
        uiSchema: { 'ui:options': options.uiOptions },
      },
    );
    return errors.join();
  };

  it.each<[string, any, unknown, object, string]>([
    [
      'a VPC on its own',
      validateVpc,
      'vpc-2',
      { uiOptions: needed, form: { callsOthers: true } },
      'not associated',
    ],
    [
      'a VPC that nothing calls from',
      validateVpc,
      'vpc-2',
      { uiOptions: needed, form: { callsOthers: false } },
      '',
    ],
    [
      'a VPC that is to join',
      validateVpc,
      'vpc-2',
      { uiOptions: { vpcAssociation: 'absent' } },
      '',
    ],
    [
      'a VPC of the network',
      validateVpc,
      'vpc-1',
      { uiOptions: { vpcAssociation: 'needed' } },
      '',
    ],
    ['a free host name', validateDomainName, 'a.example.com', {}, ''],
    [
      'a host name in use',
      validateDomainName,
      'taken.example.com',
      {},
      'in use',
    ],
    ['no host name', validateDomainName, undefined, {}, ''],
    [
      'a plan with both',
      validatePlanReview,
      '',
      {
        uiOptions: { vpcAssociation: 'needed' },
        form: { vpc: 'vpc-2', customDomainName: 'taken.example.com' },
      },
      'not associated,in use',
    ],
  ])('of %s', async (_, validate, value, options, expected) => {
    expect(await errorsOf(validate, value, options)).toBe(expected);
  });

  it.each(['stock', 'a..b', '-a.example.com', 'a_b.example.com', 'ab'])(
    'refuses the host name %s',
    async name => {
      expect(await errorsOf(validateDomainName, name)).toMatch(
        /^A host name (is made of|has)/,
      );
    },
  );
});
