import { parseObjectUrl } from './parseObjectUrl';

describe('parseObjectUrl', () => {
  it.each([
    ['https://templates.s3.amazonaws.com/a/b.yaml', 'templates', 'a/b.yaml'],
    [
      'https://templates.s3.eu-west-1.amazonaws.com/b.yaml',
      'templates',
      'b.yaml',
    ],
    ['https://my.templates.s3-us-west-2.amazonaws.com/b', 'my.templates', 'b'],
    ['https://s3.amazonaws.com/templates/a/b.yaml', 'templates', 'a/b.yaml'],
    ['https://s3.us-east-1.amazonaws.com/templates/a%20b', 'templates', 'a b'],
  ])('reads %s', (url, bucket, key) => {
    expect(parseObjectUrl(url)).toEqual({ bucket, key });
  });

  it.each([
    'templates/a',
    'http://templates.s3.amazonaws.com/a',
    'https://templates.s3.amazonaws.com/',
    'https://s3.amazonaws.com/templates',
    'https://templates.s3.amazonaws.com.example.com/a',
    'https://example.com/templates/a',
  ])('leaves %s', url => {
    expect(parseObjectUrl(url)).toBeUndefined();
  });
});
