import type { ServiceModel } from './model';
import type { WireRequest } from './Protocol';

interface Route {
  operation: string;
  method: string;
  path: RegExp;
  /** Query parameters the URI of the operation asks for; an undefined value: any. */
  query: [name: string, value: string | undefined][];
  /** More literal parts win over fewer. */
  weight: number;
}

/** The operation a REST request goes to, with the values of the labels in its path. */
export interface RoutedRequest {
  operation: string;
  labels: Record<string, string>;
}

const routesByModel = new WeakMap<ServiceModel, Route[]>();

/** Finds the operation of a REST service by method, path and query. */
export function route(
  model: ServiceModel,
  request: WireRequest,
): RoutedRequest | undefined {
  let routes = routesByModel.get(model);
  if (!routes) {
    routes = compileRoutes(model);
    routesByModel.set(model, routes);
  }
  const query = new URLSearchParams(request.query);
  for (const candidate of routes) {
    const match =
      candidate.method === request.method && candidate.path.exec(request.path);
    if (
      match &&
      candidate.query.every(
        ([name, value]) =>
          query.has(name) && (value === undefined || query.get(name) === value),
      )
    ) {
      return {
        operation: candidate.operation,
        labels: Object.fromEntries(
          Object.entries(match.groups ?? {}).map(([name, value]) => [
            name,
            decodeURIComponent(value),
          ]),
        ),
      };
    }
  }
  return undefined;
}

function compileRoutes(model: ServiceModel): Route[] {
  const routes: Route[] = [];
  for (const [operation, { http, input }] of Object.entries(model.operations)) {
    if (!http) {
      continue;
    }
    const [method, uri] = http;
    const [path, query = ''] = uri.split('?');
    // S3 names the bucket by host or by first part of the path, so its URIs leave it out.
    const isBucketLess =
      model.target === 'AmazonS3' &&
      model.shapes[input]?.members?.Bucket &&
      !path.includes('{Bucket}');
    const parameters = [...new URLSearchParams(query)]
      // Sent by SDKs only, to tell operations apart in access logs.
      .filter(([name]) => name !== 'x-id')
      .map(([name, value]): [string, string | undefined] => [
        name,
        value || undefined,
      ]);
    routes.push({
      operation,
      method,
      path: pathExpression(isBucketLess ? `/{Bucket}${path}` : path),
      query: parameters,
      weight:
        parameters.length * 100 +
        path.replace(/\{[^}]*\}/g, '').length -
        (path.includes('+}') ? 50 : 0),
    });
  }
  return routes.sort((a, b) => b.weight - a.weight);
}

function pathExpression(path: string): RegExp {
  const source = path
    .replace(/\/$/, '')
    .split(/(\{[^}]+\})/)
    .map(part => {
      const label = /^\{([^+}]+)(\+?)\}$/.exec(part);
      if (label) {
        return `(?<${label[1]}>${label[2] ? '.+' : '[^/]+'})`;
      }
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}/?$`);
}
