import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { renderLattice } from '../../__testUtils__/renderLattice';
import { LatticePolicyField } from './LatticePolicyField';
import type { PolicyAnswer } from './PolicyAnswer';

const role = (name: string) => `arn:aws:iam::445566778899:role/${name}`;
const network =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0';

function show(
  options: {
    value?: Partial<PolicyAnswer>;
    uiOptions?: object;
    form?: object;
  } = {},
) {
  const answers: PolicyAnswer[] = [];
  function Form() {
    const [formData, setFormData] = useState<unknown>(options.value);
    const Field: any = LatticePolicyField;
    return (
      <Field
        schema={{ title: 'Who may call it' }}
        uiSchema={{
          'ui:options': { preselect: ['public-proxy'], ...options.uiOptions },
        }}
        idSchema={{ $id: 'root_policy' }}
        formContext={{
          formData: { account: '223344556677', network, ...options.form },
        }}
        formData={formData}
        onChange={(value: PolicyAnswer) => {
          answers.push(value);
          setFormData(value);
        }}
      />
    );
  }
  renderLattice(<Form />, {
    api: {
      listCallers: async () => ({
        items: ['public-proxy', 'batch'].map(name => ({
          id: role(name),
          name,
          accountId: '445566778899',
        })),
      }),
    },
  });
  return answers;
}

const examples = async () => {
  const section = await screen.findByRole('region', { name: 'Examples' });
  return within(section)
    .getAllByRole('row')
    .slice(1)
    .map(row => row.textContent);
};

// The editor is loaded when it is first asked for.
jest.setTimeout(60_000);

describe('LatticePolicyField', () => {
  it('shows who gets through while it is filled in', async () => {
    // As the form fills it in by the schema.
    const answers = show({
      value: { callers: [undefined as any], methods: [undefined as any] },
    });
    await screen.findByRole('region', { name: 'Examples' });
    expect(answers.at(-1)).toEqual({
      callers: [role('public-proxy')],
      methods: ['GET'],
      path: '/*',
    });
    expect(await examples()).toEqual([
      'public-proxy (445566778899) chosenGET /1041allowed',
      'public-proxy (445566778899) other methodHEAD /1041denied by service',
      'batch (445566778899) not listedGET /1041denied by service',
      'anonymousGET /1041denied by service',
    ]);
    expect(screen.getByText('Nothing to object to')).toBeInTheDocument();
    expect(screen.getByText(/of 10.000 characters/)).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('switch', { name: 'Only signed requests' }),
    );
    expect((await examples()).at(-1)).toBe('anonymousGET /1041allowed');
    expect(screen.getByText('warning:', { exact: false })).toBeInTheDocument();
    expect(answers.at(-1)).toMatchObject({ onlySigned: false });
    expect(answers.at(-1)?.document).toContain('"Principal":"*"');
  });

  it('takes several paths and gives them back', async () => {
    const answers = show();
    await screen.findByRole('region', { name: 'Examples' });
    await userEvent.click(screen.getByRole('button', { name: 'Add a path' }));
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Path 2' }),
      'health',
    );
    expect(answers.at(-1)?.paths).toEqual(['/*', '/health']);
    await userEvent.click(
      screen.getByRole('button', { name: 'Take path 1 out' }),
    );
    expect(answers.at(-1)).toEqual({
      callers: [role('public-proxy')],
      methods: ['GET'],
      path: '/health',
    });
  });

  it('answers itself what can not be chosen', async () => {
    const answers = show({
      value: {
        callers: [role('batch')],
        methods: ['GET'],
        path: '/*',
        paths: ['/*', '/health'],
      },
      uiOptions: {
        fixedBy: 'route',
        fixed: { grpc: { methods: ['POST'], path: '/service.v1.Greeter/*' } },
      },
      form: { route: 'grpc' },
    });
    expect((await examples())[0]).toBe(
      'batch (445566778899) chosenPOST /service.v1.Greeter/1041allowed',
    );
    expect(answers.at(-1)).toEqual({
      callers: [role('batch')],
      methods: ['POST'],
      path: '/service.v1.Greeter/*',
    });
    expect(screen.queryByRole('checkbox', { name: 'POST' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Add a path' })).toBeNull();
  });

  it('says what is missing before there is a policy', async () => {
    show({ value: { callers: [], methods: ['GET'], path: '/*' } });
    await userEvent.click(await screen.findByRole('checkbox', { name: 'GET' }));
    await waitFor(() =>
      expect(screen.getByText(/at least one method/)).toBeInTheDocument(),
    );
    expect(screen.queryByRole('region', { name: 'Examples' })).toBeNull();
  });

  it('goes over to the editor with the policy as it stands, and back', async () => {
    const answers = show();
    await screen.findByRole('region', { name: 'Examples' });
    await userEvent.click(screen.getByRole('radio', { name: 'By hand' }));
    const editor = await screen.findByRole('textbox', {
      name: 'Policy document',
    });
    expect(editor).toHaveTextContent('vpc-lattice-svcs:RequestMethod');
    expect(answers.at(-1)).toMatchObject({ advanced: true });
    expect(JSON.parse(answers.at(-1)!.document!)).toMatchObject({
      Statement: [{ Resource: '*' }],
    });
    expect(screen.queryByRole('checkbox', { name: 'GET' })).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: 'By form' }));
    expect(answers.at(-1)).toEqual({
      callers: [role('public-proxy')],
      methods: ['GET'],
      path: '/*',
    });
  });
});
