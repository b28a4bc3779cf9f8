import { ownerOf } from './ownerOf';

describe('ownerOf', () => {
  it.each([
    [{ tags: { owner: 'commerce' } }, 'group:default/commerce'],
    [{ tags: { owner: 'user:jane' } }, 'user:default/jane'],
    [{ tags: { owner: 'Group:Shop/Commerce' } }, 'group:shop/commerce'],
    [{ tags: {}, accountOwner: 'platform' }, 'group:default/platform'],
    [{ accountOwner: 'group:default/edge' }, 'group:default/edge'],
    [
      { tags: { owner: 'Jane Doe' }, accountOwner: 'platform' },
      'group:default/platform',
    ],
    [{}, undefined],
  ])('%j is owned by %s', (options, expected) => {
    expect(ownerOf(options)).toBe(expected);
  });
});
