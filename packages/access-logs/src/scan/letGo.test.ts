import { letGo } from './letGo';

test('gives memory back that ends with the bytes', () => {
  const all = Buffer.alloc(100_000);
  const last = all.subarray(40_000);
  letGo(last);
  expect(all.buffer.byteLength).toBe(0);
  expect(last).toHaveLength(0);
});

test('leaves memory in which others stand behind the bytes', () => {
  const all = Buffer.alloc(100_000, 'a');
  letGo(all.subarray(0, 40_000));
  expect(all.toString()).toBe('a'.repeat(100_000));
});

test('leaves memory that Node shares out', () => {
  const { buffer } = Buffer.from('shared');
  letGo(Buffer.from(buffer, 1));
  letGo(new Uint8Array(buffer));
  expect(buffer.byteLength).toBe(Buffer.poolSize);
});
