import { ScaffolderClient } from '@backstage/plugin-scaffolder-common';
import { FollowingScaffolderClient } from './FollowingScaffolderClient';

describe('FollowingScaffolderClient', () => {
  const types = ['log', 'cancelled', 'log', 'completion'];
  const unsubscribe = jest.fn();

  beforeEach(() => {
    jest.spyOn(ScaffolderClient.prototype, 'streamLogs').mockReturnValue({
      subscribe({ next, complete }: any) {
        types.forEach(type => next({ type, body: { message: type } }));
        complete();
        return { unsubscribe, closed: true };
      },
    } as any);
  });
  afterEach(() => jest.restoreAllMocks());

  const client = new FollowingScaffolderClient({} as any);

  it.each([
    ['an observer', (next: any, complete: any) => [{ next, complete }]],
    ['functions', (next: any, complete: any) => [next, undefined, complete]],
  ])('goes on behind a cancellation, for %s', (_, observerOf) => {
    const seen: string[] = [];
    const subscription = (client.streamLogs({ taskId: '1' }) as any).subscribe(
      ...observerOf(
        ({ type }: { type: string }) => seen.push(type),
        () => seen.push('end'),
      ),
    );
    expect(seen).toEqual(['log', 'log', 'completion', 'end']);
    subscription.unsubscribe();
    expect(unsubscribe).toHaveBeenCalled();
  });
});
