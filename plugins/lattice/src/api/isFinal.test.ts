import { isFinal } from './isFinal';

describe('isFinal', () => {
  it.each([
    [{ statusCode: 404 }, true],
    [{ response: { status: 403 } }, true],
    [{ statusCode: 400 }, true],
    [{ statusCode: 501 }, true],
    [{ statusCode: 503 }, false],
    [{ statusCode: 401 }, false],
    [new TypeError('Failed to fetch'), false],
    [undefined, false],
  ])('says of %j: %s', (error, final) => {
    expect(isFinal(error)).toBe(final);
  });
});
