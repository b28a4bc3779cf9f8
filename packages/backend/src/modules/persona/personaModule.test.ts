import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { personaModule } from './personaModule';
import { PERSONA_HEADER } from './personaAuthenticator';

const refreshPath = '/api/auth/persona/refresh?env=development';

async function startAuth() {
  return startTestBackend({
    features: [
      authPlugin,
      personaModule,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          auth: {
            providers: {
              persona: {
                personas: [{ userEntityRef: 'user:default/ana' }],
              },
            },
          },
        },
      }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: { name: 'ana' },
            spec: { memberOf: ['analytics'] },
            relations: [
              { type: 'memberOf', targetRef: 'group:default/analytics' },
            ],
          },
        ],
      }),
    ],
  });
}

describe('personaModule', () => {
  const environment = process.env.NODE_ENV;
  afterEach(() => {
    process.env = { ...process.env, NODE_ENV: environment };
  });

  it('signs in listed personas only', async () => {
    process.env = { ...process.env, NODE_ENV: 'development' };
    const backend = await startAuth();
    const { server } = backend;
    try {
      const signedIn = await request(server)
        .get(refreshPath)
        .set(PERSONA_HEADER, 'user:default/ana');
      expect(signedIn.status).toBe(200);
      expect(signedIn.body.backstageIdentity.identity).toMatchObject({
        userEntityRef: 'user:default/ana',
        ownershipEntityRefs: ['user:default/ana', 'group:default/analytics'],
      });

      const stranger = await request(server)
        .get(refreshPath)
        .set(PERSONA_HEADER, 'user:default/mallory');
      expect(stranger.status).toBe(403);

      const nobody = await request(server).get(refreshPath);
      expect(nobody.status).toBe(401);
    } finally {
      await backend.stop();
    }
  });

  it.each(['production', 'test'])('is unknown under NODE_ENV %s', async env => {
    process.env = { ...process.env, NODE_ENV: env };
    const backend = await startAuth();
    const { server } = backend;
    try {
      const response = await request(server)
        .get(refreshPath)
        .set(PERSONA_HEADER, 'user:default/ana');
      expect(response.status).toBe(404);
    } finally {
      await backend.stop();
    }
  });
});
