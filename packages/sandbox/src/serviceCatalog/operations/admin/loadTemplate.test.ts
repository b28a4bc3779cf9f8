import { parseObjectUrl } from './loadTemplate';

describe('parseObjectUrl', () => {
  it.each([
    [
      'https://bucket.s3.us-east-1.amazonaws.com/a/b.yaml',
      'bucket',
      'a/b.yaml',
    ],
    ['https://bucket.s3.amazonaws.com/a.yaml', 'bucket', 'a.yaml'],
    [
      'https://my.bucket.s3-eu-west-1.amazonaws.com/a.yaml',
      'my.bucket',
      'a.yaml',
    ],
    [
      'https://s3.us-east-1.amazonaws.com/bucket/a%20b.yaml',
      'bucket',
      'a b.yaml',
    ],
    ['https://s3.amazonaws.com/bucket/a/b.yaml', 'bucket', 'a/b.yaml'],
  ])('reads %s', (url, bucket, key) => {
    expect(parseObjectUrl(url)).toEqual({ bucket, key });
  });

  it.each([
    'template.yaml',
    'https://example.com/bucket/a.yaml',
    'https://s3.amazonaws.com/bucket',
    'https://bucket.s3.us-east-1.amazonaws.com/',
    'https://s3.amazonaws.com.example.com/bucket/a.yaml',
  ])('reads nothing from %s', url => {
    expect(parseObjectUrl(url)).toBeUndefined();
  });
});
