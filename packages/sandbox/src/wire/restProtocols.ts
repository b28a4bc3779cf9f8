import { parseJsonBody } from './awsJson';
import { readJson, writeJson } from './json';
import { Member, membersOf, resolve, ServiceModel, SimpleType } from './model';
import {
  describeError,
  errorMembers,
  Protocol,
  WireRequest,
  WireResponse,
} from './Protocol';
import { route } from './routes';
import { formatValue, parseText } from './simpleValues';
import { element, escapeXml, readXmlBody, writeXmlMembers } from './xml';

/** How the two REST protocols write bodies. */
interface BodyFormat {
  contentType: string;
  read(model: ServiceModel, member: Member, body: Buffer): any;
  /** Reads the members that are bound to nothing else out of the body. */
  readMembers(model: ServiceModel, shape: string, body: Buffer): any;
  writeMembers(model: ServiceModel, shape: string, value: any): string;
}

const json: BodyFormat = {
  contentType: 'application/json',
  read: (model, member, body) => readJson(model, member, parseJsonBody(body)),
  readMembers: (model, shape, body) =>
    readJson(model, [shape], parseJsonBody(body)),
  writeMembers: (model, shape, value) =>
    JSON.stringify(writeJson(model, [shape], value)),
};

const xml: BodyFormat = {
  contentType: 'application/xml',
  read: (model, member, body) =>
    body.length ? readXmlBody(model, member, body.toString()) : undefined,
  readMembers: (model, shape, body) =>
    body.length ? readXmlBody(model, [shape], body.toString()) : {},
  writeMembers: (model, shape, value) => {
    const root = model.shapes[shape]?.traits?.xmlName ?? shape;
    const content = writeXmlMembers(model, membersOf(model, shape), value);
    return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${model.xmlNamespace}">${content}</${root}>`;
  },
};

function isBound([, traits = {}]: Member): boolean {
  return Boolean(
    traits.httpLabel ||
      traits.httpQuery ||
      traits.httpQueryParams ||
      traits.httpHeader ||
      traits.httpPrefixHeaders ||
      traits.httpResponseCode ||
      traits.httpPayload,
  );
}

/** Without members bound to the path, the query and so on: what the body holds. */
function unbound(members: Record<string, Member>, value: any): any {
  return Object.fromEntries(
    Object.entries(value ?? {}).filter(
      ([name]) => members[name] && !isBound(members[name]),
    ),
  );
}

function parseTexts(
  model: ServiceModel,
  [target]: Member,
  texts: string[],
): unknown {
  const shape = resolve(model, target);
  if (typeof shape === 'number') {
    return parseText(shape, texts[0]);
  }
  const [item] = shape.list ?? [SimpleType.string];
  return texts.map(text => parseText(item as number, text));
}

function parseRest(
  format: BodyFormat,
  model: ServiceModel,
  operation: string,
  request: WireRequest,
): any {
  const shape = model.operations[operation].input;
  const members = membersOf(model, shape);
  const labels = route(model, request)?.labels ?? {};
  const query = new URLSearchParams(request.query);
  const entries = Object.entries(members);
  const input: Record<string, unknown> = {};
  if (entries.some(([, member]) => !isBound(member))) {
    Object.assign(
      input,
      unbound(members, format.readMembers(model, shape, request.body)),
    );
  }
  for (const [name, member] of entries) {
    const [target, traits = {}] = member;
    if (traits.httpLabel && labels[name] !== undefined) {
      input[name] = parseTexts(model, member, [labels[name]]);
    } else if (traits.httpQuery && query.has(traits.httpQuery)) {
      input[name] = parseTexts(model, member, query.getAll(traits.httpQuery));
    } else if (traits.httpHeader) {
      const text = request.headers[traits.httpHeader.toLowerCase()];
      if (text !== undefined) {
        input[name] = parseTexts(model, member, [text]);
      }
    } else if (traits.httpPrefixHeaders) {
      input[name] = prefixed(request.headers, traits.httpPrefixHeaders);
    } else if (traits.httpPayload) {
      const isBlob = typeof resolve(model, target) === 'number';
      input[name] = isBlob
        ? request.body
        : format.read(model, member, request.body);
    }
  }
  return input;
}

function prefixed(
  headers: Record<string, string | undefined>,
  prefix: string,
): Record<string, string> | undefined {
  const found = Object.entries(headers).filter(
    (header): header is [string, string] =>
      header[0].startsWith(prefix.toLowerCase()) && header[1] !== undefined,
  );
  return found.length
    ? Object.fromEntries(
        found.map(([name, value]) => [name.slice(prefix.length), value]),
      )
    : undefined;
}

function respondRest(
  format: BodyFormat,
  model: ServiceModel,
  operation: string,
  output: any,
  requestId: string,
): WireResponse {
  const { output: shape, http } = model.operations[operation];
  const members = membersOf(model, shape);
  const response: WireResponse = {
    status: http?.[2] ?? 200,
    headers: { 'x-amzn-requestid': requestId },
  };
  let hasPayload = false;
  for (const [name, [target, traits = {}]] of Object.entries(members)) {
    const value = output[name];
    hasPayload ||= traits.httpPayload === 1;
    if (value === undefined) {
      continue;
    }
    if (traits.httpResponseCode) {
      response.status = value;
    } else if (traits.httpHeader) {
      response.headers[traits.httpHeader.toLowerCase()] = String(
        formatValue(target as number, value, 'header'),
      );
    } else if (traits.httpPrefixHeaders) {
      for (const [key, item] of Object.entries(value)) {
        response.headers[`${traits.httpPrefixHeaders}${key}`] = String(item);
      }
    } else if (traits.httpPayload) {
      response.body =
        typeof resolve(model, target) === 'number'
          ? Buffer.from(value)
          : format.writeMembers(model, target as string, value);
    }
  }
  const hasBody = Object.values(members).some(member => !isBound(member));
  if (!hasPayload && response.status !== 204) {
    if (hasBody || format === json) {
      response.headers['content-type'] = format.contentType;
      response.body = format.writeMembers(
        model,
        shape,
        unbound(members, output),
      );
    }
  }
  return response;
}

/** https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJson: Protocol = {
  unknownOperation: { code: 'UnknownOperationException', statusCode: 404 },
  operationOf: (model, request) => route(model, request)?.operation,
  parse: (...options) => parseRest(json, ...options),
  respond: (...options) => respondRest(json, ...options),
  fail(model, error, requestId) {
    const { shape, code, status } = describeError(model, error);
    const members: any = errorMembers(model, shape, error);
    const headers: Record<string, string> = {
      'content-type': json.contentType,
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
    };
    const shapeMembers = shape ? membersOf(model, shape) : {};
    for (const [name, [, traits]] of Object.entries(shapeMembers)) {
      if (traits?.httpHeader && members[name] !== undefined) {
        headers[traits.httpHeader.toLowerCase()] = String(members[name]);
      }
    }
    return {
      status,
      headers,
      body: JSON.stringify(
        shape
          ? writeJson(model, [shape], unbound(shapeMembers, members))
          : { message: error.message },
      ),
    };
  },
};

/** https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html; S3 alone does not wrap its errors. */
export const restXml: Protocol = {
  unknownOperation: { code: 'NotImplemented', statusCode: 501 },
  operationOf: (model, request) => route(model, request)?.operation,
  parse: (...options) => parseRest(xml, ...options),
  respond: (...options) => respondRest(xml, ...options),
  fail(model, error, requestId) {
    const { shape, code, status } = describeError(model, error);
    const isUnwrapped = model.target === 'AmazonS3';
    const content =
      element('Code', code) +
      element('Message', escapeXml(error.message)) +
      writeXmlMembers(
        model,
        shape ? membersOf(model, shape) : {},
        error.members,
      ) +
      (isUnwrapped ? element('RequestId', requestId) : '');
    return {
      status,
      headers: {
        'content-type': xml.contentType,
        'x-amzn-requestid': requestId,
      },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n${
        isUnwrapped
          ? element('Error', content)
          : `<ErrorResponse xmlns="${model.xmlNamespace}">${element(
              'Error',
              content,
            )}${element('RequestId', requestId)}</ErrorResponse>`
      }`,
    };
  },
};
