import { Limiter } from './Limiter';

describe('Limiter', () => {
  it('lets so many run at a time, and goes on after a failure', async () => {
    const limiter = Limiter.create({ limit: 3 });
    let running = 0;
    let most = 0;
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        limiter.run(async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise(resolve => setTimeout(resolve, index % 3));
          running -= 1;
          if (index % 5 === 0) {
            throw new Error('failed');
          }
          return index;
        }),
      ),
    );
    expect(most).toBe(3);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(
      4,
    );
    expect(await limiter.run(async () => 'still open')).toBe('still open');
  });
});
