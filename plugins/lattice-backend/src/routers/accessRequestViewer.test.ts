import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { readDeniedRequests, readServices } from '../authorization/accessKinds';
import { EstateIndex } from '../estate/EstateIndex';
import { accessRequestViewer } from './accessRequestViewer';

const request = {
  callerId: 'arn:aws:iam::667788990011:role/batch',
  serviceArn: 'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-1',
  methods: ['GET'],
  paths: ['/'],
  reason: 'needed',
  deniedRequestId: 'd1',
};

/** A viewer who has the given permissions, whole, and no other. */
async function viewer(...kinds: object[]) {
  const index = EstateIndex.create({ accounts: [], snapshots: [] });
  return accessRequestViewer({
    authorizer: {
      of: async (_: unknown, kind: object) =>
        kinds.includes(kind) ? { all: true, allows: () => true } : undefined,
    } as any,
    credentials: mockCredentials.user(),
    estate: { current: async () => index } as any,
    denied: {
      get: async ({ id }: { id: string }) =>
        id === 'd1' ? { id, record: request } : undefined,
    } as any,
    userInfo: mockServices.userInfo(),
  });
}

describe('accessRequestViewer', () => {
  it('asks for nothing at a service the asker may not see', async () => {
    const { asked } = await viewer(readDeniedRequests);
    await expect(asked(request)).rejects.toMatchObject({
      name: 'InputError',
      message: `There is no service ${request.serviceArn} in the estate`,
    });
  });

  it('starts from a denied request only if the asker may read it', async () => {
    const involved = await viewer(readServices, readDeniedRequests);
    await expect(involved.asked(request)).resolves.toEqual(request);
    const unknown = { ...request, deniedRequestId: undefined };
    await expect(
      involved.asked({ ...request, deniedRequestId: 'd2' }),
    ).resolves.toEqual(unknown);
    const other = await viewer(readServices);
    await expect(other.asked(request)).resolves.toEqual(unknown);
  });

  it('shows neither documents nor what they hang on', async () => {
    const { viewPreview } = await viewer(readServices);
    const hangsOn = ['the header x-secret'];
    const row = {
      callerId: request.callerId,
      serviceArn: request.serviceArn,
      count: 1,
    };
    const shown = viewPreview(
      {
        changes: [],
        effect: {
          from: '',
          to: '',
          newlyAllowed: [row],
          stillDenied: 1,
          unknown: [{ ...row, hangsOn }],
        },
        warnings: [],
      },
      request,
    );
    expect(shown.effect.newlyAllowed).toEqual([row]);
    expect(JSON.stringify(shown)).not.toContain('secret');
  });
});
