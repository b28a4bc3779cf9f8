import { planPolicy } from './planPolicy';
import { productPolicy } from './productPolicy';

const serviceArn =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const outputs = { ServiceArn: serviceArn };
const made = {
  AllowedCallers: 'arn:aws:iam::445566778899:role/public-proxy',
  AllowedMethods: 'GET',
  AllowedPath: '/*',
  ServiceNetworkArn: 'arn:network',
};
const document = productPolicy({ values: made, outputs })!.document;
const withGrant = document.replace(
  /\]\}$/,
  ',{"Sid":"LatticePortal1","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}',
);

/** A stack made by a version of the product without parameters for a merged policy. */
const plan = (options: {
  standing?: string;
  offered?: string[];
  values?: Record<string, string>;
  fails?: boolean;
}) =>
  planPolicy({
    cloudFormation: {
      send: async () => {
        if (options.fails) {
          throw Object.assign(new Error('no'), { name: 'AccessDenied' });
        }
        return {
          Stacks: [
            {
              Parameters: Object.entries(made).map(([key, value]) => ({
                ParameterKey: key,
                ParameterValue: value,
              })),
            },
          ],
        };
      },
    } as any,
    policies: { get: async () => ({ document: options.standing }) },
    stackName: 'SC-1',
    outputs,
    offered: (options.offered ?? []).map(key => ({ ParameterKey: key })),
    values: { ...made, AllowedMethods: 'PUT', ...options.values },
  });
const parts = ['MergedPolicy1', 'MergedPolicy2', 'MergedPolicy3'];

describe('planPolicy', () => {
  it('takes an old stack on with what was added to its policy', async () => {
    const planned = await plan({ standing: withGrant, offered: parts });
    expect(planned?.values.MergedPolicy1).toContain('LatticePortal1');
    expect(planned?.kept).toEqual(['LatticePortal1']);
    // It has no parameter to be told by.
    expect(planned).not.toHaveProperty('standingValues');
  });

  it('hands nothing over where nothing was added', async () => {
    const planned = await plan({ standing: document, offered: parts });
    expect(planned?.values).toEqual({
      MergedPolicy1: '',
      MergedPolicy2: '',
      MergedPolicy3: '',
    });
  });

  it('refuses a version that would drop what was added', async () => {
    await expect(plan({ standing: withGrant })).rejects.toThrow(
      /would drop: LatticePortal1\. Nothing was changed. Publish the product's newer version/,
    );
    expect((await plan({ standing: document }))?.values).toEqual({});
  });

  it.each([
    ['was removed', {}, /Somebody removed it/],
    ['can not be taken apart', { standing: '[' }, /can't be taken apart/],
    [
      'can not be read',
      { fails: true },
      /can't be read, so a change could lose statements \(AccessDenied: no\)/,
    ],
  ])('refuses where the policy %s', async (_, options, why) => {
    await expect(plan({ offered: parts, ...options })).rejects.toThrow(why);
  });

  it('has nothing to do with products without a policy', async () => {
    await expect(
      planPolicy({
        cloudFormation: {} as any,
        policies: {} as any,
        stackName: 'SC-1',
        outputs: {},
        offered: [],
        values: made,
      }),
    ).resolves.toBeUndefined();
  });
});
