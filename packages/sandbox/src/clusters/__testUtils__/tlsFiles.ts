import { stockFiles } from './stockFiles';

/** Like {@link stockFiles}, with a service that passes TLS through. */
export function tlsFiles(): Record<string, string> {
  const files = stockFiles({
    rules: `
    - backendRefs: [{ kind: Service, name: stock, port: 8080 }]
`,
  });
  const path = 'deploy/lattice/lattice.yaml';
  const documents = files[path]
    .split('---\n')
    .filter(text => !/kind: (IAMAuthPolicy|AccessLogPolicy)/.test(text));
  return {
    ...files,
    [path]: documents
      .join('---\n')
      .replaceAll('kind: HTTPRoute', 'kind: TLSRoute')
      .replace(
        /- \{ name: https, .*/,
        '- { name: tls, protocol: TLS, port: 443, tls: { mode: Passthrough } }',
      )
      .replace(
        'parentRefs: [{ name: company, sectionName: https }]',
        'hostnames: [stock.internal.example.com]\n  parentRefs: [{ name: company, sectionName: tls }]',
      )
      .replace(/protocol: HTTP\n.*\n/, 'protocol: TCP\n'),
  };
}
