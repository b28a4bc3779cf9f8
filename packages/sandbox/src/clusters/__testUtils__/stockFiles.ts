/** What changes between tests. */
export interface StockOptions {
  /** Clusters: the first holds the route, the others export. */
  clusters?: string[];
  caller?: string;
  /** YAML of the route's `rules`. */
  rules?: string;
  delivery?: 'argocd' | 'flux';
  answer?: string;
  replicas?: number;
  /** More files, or others in the place of these. */
  files?: Record<string, string>;
}

const proxy = 'arn:aws:iam::445566778899:role/public-proxy';

const policy = (caller: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AllowChosenCallers',
        Effect: 'Allow',
        Principal: { AWS: caller },
        Action: 'vpc-lattice-svcs:Invoke',
        Resource: '*',
      },
    ],
  });

/** A repository like those of the template for EKS, with an application of few lines. */
export function stockFiles(options: StockOptions = {}): Record<string, string> {
  const {
    clusters = ['commerce'],
    caller = proxy,
    delivery = 'argocd',
    answer = 'Hello from stock',
    replicas = 2,
  } = options;
  const imports = clusters.slice(1);
  const rules =
    options.rules ??
    `
    - matches: [{ path: { type: PathPrefix, value: / } }]
      backendRefs:
        - { kind: Service, name: stock, port: 8080, weight: 100 }
${imports
  .map(
    cluster =>
      `        - { group: application-networking.k8s.aws, kind: ServiceImport, name: stock-${cluster}, weight: 100 }\n`,
  )
  .join('')}`;
  return {
    Dockerfile: 'CMD ["node", "dist/main.js"]\n',
    'package.json': JSON.stringify({
      type: 'module',
      scripts: { start: 'node src/main.ts' },
    }),
    'src/main.ts': `
import { createServer, type Server } from 'node:http';
import { answer } from './answer.ts';
const servers: Server[] = [
  createServer((request, response) => {
    response.end(JSON.stringify({ answer, path: request.url, identity: request.headers['x-amzn-lattice-identity'] }));
  }).listen(8080),
  createServer((request, response) => response.writeHead(request.url === '/health' ? 200 : 404).end()).listen(8081),
];
process.on('SIGTERM', () => servers.forEach(server => server.close()));
`,
    'src/answer.ts': `export const answer: string = ${JSON.stringify(
      answer,
    )};\n`,
    'deploy/app/kustomization.yaml': `
resources: [app.yaml]
images:
  - { name: app, newName: 223344556677.dkr.ecr.us-east-1.amazonaws.com/lattice/stock, newTag: 1.0 }
`,
    'deploy/app/app.yaml': `
apiVersion: v1
kind: Namespace
metadata: { name: stock }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: stock, namespace: stock }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: stock, namespace: stock }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app.kubernetes.io/name: stock } }
  template:
    metadata: { labels: { app.kubernetes.io/name: stock } }
    spec:
      serviceAccountName: stock
      containers:
        - name: app
          image: app
          ports:
            - { name: service, containerPort: 8080 }
            - { name: health, containerPort: 8081 }
---
apiVersion: v1
kind: Service
metadata: { name: stock, namespace: stock }
spec:
  selector: { app.kubernetes.io/name: stock }
  ports: [{ name: service, port: 8080, targetPort: service }]
`,
    'deploy/lattice/kustomization.yaml': 'resources: [lattice.yaml]\n',
    'deploy/lattice/lattice.yaml': `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: company, namespace: stock }
spec:
  gatewayClassName: amazon-vpc-lattice
  listeners:
    - { name: https, protocol: HTTPS, port: 443, tls: { mode: Terminate, certificateRefs: [{ name: unused }] } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: stock
  namespace: stock
  annotations:
    application-networking.k8s.aws/service-name-override: stock
    application-networking.k8s.aws/tags: component=stock,owner=group:commerce
spec:
  parentRefs: [{ name: company, sectionName: https }]
  rules:${rules}
---
apiVersion: application-networking.k8s.aws/v1alpha1
kind: TargetGroupPolicy
metadata: { name: stock, namespace: stock }
spec:
  targetRef: { group: '', kind: Service, name: stock }
  protocol: HTTP
  protocolVersion: HTTP1
  healthCheck: { enabled: true, protocol: HTTP, protocolVersion: HTTP1, port: 8081, path: /health, statusMatch: '200' }
---
apiVersion: application-networking.k8s.aws/v1alpha1
kind: IAMAuthPolicy
metadata: { name: stock, namespace: stock }
spec:
  targetRef: { group: gateway.networking.k8s.io, kind: HTTPRoute, name: stock }
  policy: '${policy(caller)}'
---
apiVersion: application-networking.k8s.aws/v1alpha1
kind: AccessLogPolicy
metadata: { name: stock, namespace: stock }
spec:
  destinationArn: arn:aws:logs:us-east-1:223344556677:log-group:/aws/vendedlogs/lattice/service-stock:*
  targetRef: { group: gateway.networking.k8s.io, kind: HTTPRoute, name: stock }
${imports
  .map(
    cluster => `---
apiVersion: application-networking.k8s.aws/v1alpha1
kind: ServiceImport
metadata:
  name: stock-${cluster}
  namespace: stock
  annotations:
    application-networking.k8s.aws/export-name: stock-${cluster}
    application-networking.k8s.aws/aws-eks-cluster-name: ${cluster}
spec: { type: ClusterSetIP, ports: [{ port: 8080, protocol: TCP }] }
`,
  )
  .join('')}`,
    ...Object.fromEntries(
      clusters.map(cluster => [
        `clusters/${cluster}/kustomization.yaml`,
        `resources: [../../deploy/app, ${
          cluster === clusters[0] ? '../../deploy/lattice' : 'export.yaml'
        }]\n`,
      ]),
    ),
    ...Object.fromEntries(
      imports.map(cluster => [
        `clusters/${cluster}/export.yaml`,
        `
apiVersion: application-networking.k8s.aws/v1alpha1
kind: ServiceExport
metadata:
  name: stock-${cluster}
  namespace: stock
  annotations:
    application-networking.k8s.aws/federation: amazon-vpc-lattice
    application-networking.k8s.aws/service-name: stock
spec: { exportedPorts: [{ port: 8080, routeType: HTTP }] }
`,
      ]),
    ),
    ...Object.fromEntries(
      clusters.map(cluster =>
        delivery === 'argocd'
          ? [
              `argocd/${cluster}/application.yaml`,
              `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: stock-${cluster}, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example.com/stock.git, targetRevision: main, path: clusters/${cluster} }
  destination: { name: ${cluster}, namespace: stock }
  syncPolicy: { automated: { prune: true, selfHeal: true } }
`,
            ]
          : [
              `flux/${cluster}/delivery.yaml`,
              `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: stock, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/stock.git, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: stock, namespace: flux-system }
spec: { interval: 10m, sourceRef: { kind: GitRepository, name: stock }, path: ./clusters/${cluster}, prune: true }
`,
            ],
      ),
    ),
    ...options.files,
  };
}
