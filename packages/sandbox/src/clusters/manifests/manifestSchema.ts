import { z } from 'zod';

const text = z.string().min(1);

/** Kubernetes takes numbers and booleans as annotations only where they are quoted. */
const texts = z.record(z.string(), z.string());

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names */
const name = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
    'has to be lower-case letters, digits, - and .',
  );

/** What every object has. */
export const manifestSchema = z.looseObject({
  apiVersion: text,
  kind: text,
  metadata: z.looseObject({
    name,
    namespace: name.optional(),
    labels: texts.optional(),
    annotations: texts.optional(),
  }),
});

const targetRef = z.looseObject({
  group: z.string(),
  kind: text,
  name,
  namespace: name.optional(),
});

const port = z.number().int().min(1).max(65_535);

const gateway = z.looseObject({
  spec: z.looseObject({
    gatewayClassName: text,
    listeners: z
      .array(
        z.looseObject({
          name: text,
          port,
          protocol: text,
          hostname: z.string().optional(),
          tls: z
            .looseObject({
              mode: z.enum(['Terminate', 'Passthrough']).default('Terminate'),
              options: texts.default({}),
            })
            .optional(),
          allowedRoutes: z
            .looseObject({
              namespaces: z
                .looseObject({
                  from: z.enum(['All', 'Selector', 'Same', 'None']),
                })
                .optional(),
              kinds: z.array(z.looseObject({ kind: text })).optional(),
            })
            .optional(),
        }),
      )
      .min(1),
  }),
});

const backendRef = z.looseObject({
  group: z.string().default(''),
  kind: z.string().default('Service'),
  name,
  namespace: name.optional(),
  port: port.optional(),
  weight: z.number().int().min(0).max(999).default(1),
});

const headers = z
  .array(
    z.looseObject({
      type: z.enum(['Exact', 'RegularExpression']).default('Exact'),
      name: text,
      value: text,
    }),
  )
  .default([]);

function route<Match extends z.ZodType>(match: Match) {
  return z.looseObject({
    spec: z.looseObject({
      hostnames: z.array(text).default([]),
      parentRefs: z
        .array(
          z.looseObject({
            group: z.string().default('gateway.networking.k8s.io'),
            kind: z.string().default('Gateway'),
            name,
            namespace: name.optional(),
            sectionName: text.optional(),
            port: port.optional(),
          }),
        )
        .default([]),
      rules: z
        .array(
          z.looseObject({
            matches: z.array(match).default([]),
            filters: z.array(z.unknown()).default([]),
            backendRefs: z.array(backendRef).default([]),
          }),
        )
        .default([]),
    }),
  });
}

const httpRoute = route(
  z.looseObject({
    path: z
      .looseObject({
        type: z
          .enum(['Exact', 'PathPrefix', 'RegularExpression'])
          .default('PathPrefix'),
        value: z.string().startsWith('/').default('/'),
      })
      .optional(),
    method: z.string().optional(),
    headers,
    queryParams: z.array(z.unknown()).default([]),
  }),
);

const grpcRoute = route(
  z.looseObject({
    method: z
      .looseObject({
        type: z.enum(['Exact', 'RegularExpression']).default('Exact'),
        service: text.optional(),
        method: text.optional(),
      })
      .optional(),
    headers,
  }),
);

const tlsRoute = route(z.never());

const healthCheck = z.strictObject({
  enabled: z.boolean().optional(),
  intervalSeconds: z.number().int().min(5).max(300).optional(),
  timeoutSeconds: z.number().int().min(1).max(120).optional(),
  healthyThresholdCount: z.number().int().min(2).max(10).optional(),
  unhealthyThresholdCount: z.number().int().min(2).max(10).optional(),
  statusMatch: z.string().optional(),
  path: z.string().optional(),
  port: port.optional(),
  protocol: z.enum(['HTTP', 'HTTPS']).optional(),
  protocolVersion: z.enum(['HTTP1', 'HTTP2']).optional(),
});

const container = z.looseObject({
  name: text,
  image: text,
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  env: z
    .array(z.looseObject({ name: text, value: z.string().optional() }))
    .default([]),
  ports: z
    .array(z.looseObject({ name: text.optional(), containerPort: port }))
    .default([]),
});

/**
 * Kinds that something in the cluster acts on, with what it reads of them. All others are kept as they
 * are.
 *
 * @remarks
 * https://gateway-api.sigs.k8s.io/reference/spec/ and
 * https://www.gateway-api-controller.eks.aws.dev/latest/api-reference/
 */
export const kindSchemas = {
  'gateway.networking.k8s.io/v1/GatewayClass': z.looseObject({}),
  'gateway.networking.k8s.io/v1/Gateway': gateway,
  'gateway.networking.k8s.io/v1/HTTPRoute': httpRoute,
  'gateway.networking.k8s.io/v1/GRPCRoute': grpcRoute,
  'gateway.networking.k8s.io/v1/TLSRoute': tlsRoute,
  'application-networking.k8s.aws/v1alpha1/TargetGroupPolicy': z.looseObject({
    spec: z.strictObject({
      targetRef,
      protocol: z.enum(['HTTP', 'HTTPS', 'TCP']).optional(),
      protocolVersion: z.enum(['HTTP1', 'HTTP2']).optional(),
      healthCheck: healthCheck.optional(),
    }),
  }),
  'application-networking.k8s.aws/v1alpha1/IAMAuthPolicy': z.looseObject({
    spec: z.strictObject({ targetRef, policy: text }),
  }),
  'application-networking.k8s.aws/v1alpha1/AccessLogPolicy': z.looseObject({
    spec: z.strictObject({ targetRef, destinationArn: text }),
  }),
  'application-networking.k8s.aws/v1alpha1/VpcAssociationPolicy': z.looseObject(
    {
      spec: z.strictObject({
        targetRef,
        securityGroupIds: z.array(text).min(1).optional(),
        associateWithVpc: z.boolean().default(true),
      }),
    },
  ),
  'application-networking.k8s.aws/v1alpha1/ServiceExport': z.looseObject({
    spec: z
      .looseObject({
        exportedPorts: z
          .array(
            z.strictObject({
              port,
              routeType: z.enum(['HTTP', 'GRPC', 'TLS']),
            }),
          )
          .default([]),
      })
      .default({ exportedPorts: [] }),
  }),
  'application-networking.k8s.aws/v1alpha1/ServiceImport': z.looseObject({}),
  'v1/Service': z.looseObject({
    spec: z.looseObject({
      selector: texts.default({}),
      ports: z
        .array(
          z.looseObject({
            name: z.string().optional(),
            port,
            targetPort: z.union([port, text]).optional(),
          }),
        )
        .default([]),
      ipFamilies: z.array(z.enum(['IPv4', 'IPv6'])).default(['IPv4']),
    }),
  }),
  'apps/v1/Deployment': z.looseObject({
    spec: z.looseObject({
      replicas: z.number().int().min(0).max(100).default(1),
      selector: z.looseObject({ matchLabels: texts }),
      template: z.looseObject({
        metadata: z.looseObject({ labels: texts }),
        spec: z.looseObject({
          serviceAccountName: z.string().default('default'),
          containers: z.array(container).min(1),
          volumes: z
            .array(
              z.looseObject({
                name: text,
                secret: z
                  .looseObject({
                    secretName: text,
                    optional: z.boolean().default(false),
                  })
                  .optional(),
                configMap: z
                  .looseObject({
                    name: text,
                    optional: z.boolean().default(false),
                  })
                  .optional(),
              }),
            )
            .default([]),
        }),
      }),
    }),
  }),
} as const;

/** API version and kind of what the cluster acts on. */
export type KnownKind = keyof typeof kindSchemas;

/** What is read of an object of a kind. */
export type Typed<K extends KnownKind> = z.output<(typeof kindSchemas)[K]>;

/** A rule of any route. */
export type RouteRule =
  Typed<'gateway.networking.k8s.io/v1/HTTPRoute'>['spec']['rules'][number];
