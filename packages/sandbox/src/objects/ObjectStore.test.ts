import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ObjectStore } from './ObjectStore';

const bucket = 'a.bucket';
const keys = ['a', 'a/b', 'a/b/', 'a/../c', 'ü &.json.gz', '.', '/x', 'b//c'];

describe('ObjectStore', () => {
  it.each([
    ['memory', undefined],
    ['a directory', mkdtempSync(join(tmpdir(), 'objects-'))],
  ])('keeps objects of any key in %s', async (_, directory) => {
    let store = await ObjectStore.open({ directory });
    for (const key of keys) {
      await store.put({ bucket, key, body: Buffer.from(`of ${key}`) });
    }
    if (directory) {
      writeFileSync(join(directory, bucket, '=half.1234'), 'cut off');
      store = await ObjectStore.open({ directory });
    }
    for (const key of keys) {
      const object = await store.get({ bucket, key });
      expect(object?.body.toString()).toBe(`of ${key}`);
      expect(object?.size).toBe(Buffer.byteLength(`of ${key}`));
    }
    const listed: string[] = [];
    let isTruncated = true;
    while (isTruncated) {
      const page = await store.list({
        bucket,
        startAfter: listed.at(-1),
        maxKeys: 3,
      });
      listed.push(...page.objects.map(({ key }) => key));
      expect(page.objects.every(({ etag }) => etag.length === 32)).toBe(true);
      isTruncated = page.isTruncated;
    }
    expect(listed).toEqual([...keys].sort());
    await store.delete({ bucket, key: 'a' });
    expect(await store.get({ bucket, key: 'a' })).toBeUndefined();
    expect((await store.list({ bucket, prefix: 'a/' })).objects).toHaveLength(
      3,
    );
  });
});
