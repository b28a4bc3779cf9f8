import { describeError } from './describeError';

const body = { error: { message: 'from the back end' } };

describe('describeError', () => {
  it.each<[unknown, string, RegExp]>([
    [
      new TypeError('Failed to fetch'),
      'The portal does not answer.',
      /Try again/,
    ],
    [new Error('odd'), 'odd', /Try again/],
    [undefined, 'No reason was given.', /Try again/],
    [
      new Error(
        'Request failed with status 502 Bad Gateway, <html>\nlong</html>',
      ),
      'Request failed with status 502 Bad Gateway',
      /Try again/,
    ],
    [{ statusCode: 500, body }, 'from the back end', /go on as they are/],
    [{ response: { status: 404 }, body }, 'from the back end', /lists show/],
    [{ statusCode: 403 }, 'You may not see this.', /owner/],
    [{ statusCode: 501, body }, 'from the back end', /set it up/],
    [
      { statusCode: 401, message: 'x' },
      'You are no longer signed in.',
      /Reload/,
    ],
  ])('%j', (error, message, advice) => {
    expect(describeError(error)).toEqual({
      message,
      advice: expect.stringMatching(advice),
    });
  });
});
