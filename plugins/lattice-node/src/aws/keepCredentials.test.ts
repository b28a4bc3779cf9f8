import { keepCredentials } from './keepCredentials';

describe('keepCredentials', () => {
  const minutes = (count: number) => count * 60_000;

  it('fetches once for all, and anew before the end', async () => {
    let now = 0;
    const fetch = jest.fn(async () => ({
      accessKeyId: `key-${now}`,
      secretAccessKey: '',
      expiration: new Date(now + minutes(60)),
    }));
    const provide = keepCredentials(fetch, () => now);
    const [first, second] = await Promise.all([provide(), provide()]);
    expect(first).toBe(second);
    now = minutes(54);
    await provide();
    expect(fetch).toHaveBeenCalledTimes(1);
    now = minutes(55);
    expect((await provide()).accessKeyId).toBe(`key-${now}`);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('does not keep a failure', async () => {
    const fetch = jest
      .fn()
      .mockRejectedValueOnce(new Error('not yet'))
      .mockResolvedValue({ accessKeyId: 'key', secretAccessKey: '' });
    const provide = keepCredentials(fetch);
    await expect(provide()).rejects.toThrow('not yet');
    expect((await provide()).accessKeyId).toBe('key');
  });
});
