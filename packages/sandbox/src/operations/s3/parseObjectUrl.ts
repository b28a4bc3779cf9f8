/**
 * Bucket and key of an S3 object's URL, with the bucket in the host name or in the path;
 * `undefined` for other URLs.
 * {@link https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html}
 */
export function parseObjectUrl(
  url: string,
): { bucket: string; key: string } | undefined {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const { protocol, hostname, pathname } = new URL(url);
  const host = /^(?:(.+)\.)?s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/.exec(
    hostname,
  );
  const path = decodeURIComponent(pathname.slice(1));
  const slash = path.indexOf('/');
  const place = host?.[1]
    ? { bucket: host[1], key: path }
    : { bucket: path.slice(0, Math.max(slash, 0)), key: path.slice(slash + 1) };
  return protocol === 'https:' && host && place.bucket && place.key
    ? place
    : undefined;
}
