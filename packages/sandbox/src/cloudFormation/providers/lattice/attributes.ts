/** Timestamps of an answer as attributes: ISO 8601. */
export function timestamps(
  answer: Record<string, any>,
): Record<string, string> {
  return Object.fromEntries(
    ['createdAt', 'lastUpdatedAt']
      .filter(key => answer[key] !== undefined)
      .map(key => [
        key[0].toUpperCase() + key.slice(1),
        new Date(answer[key]).toISOString(),
      ]),
  );
}

/** The DNS entry of an answer as attributes. */
export function dnsEntry(answer: Record<string, any>): Record<string, string> {
  return answer.dnsEntry
    ? {
        'DnsEntry.DomainName': answer.dnsEntry.domainName,
        'DnsEntry.HostedZoneId': answer.dnsEntry.hostedZoneId,
      }
    : {};
}
