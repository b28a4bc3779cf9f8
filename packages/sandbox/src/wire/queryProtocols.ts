import { membersOf, ServiceModel } from './model';
import { describeError, errorMembers, Protocol, WireRequest } from './Protocol';
import { parseQuery, readQuery } from './query';
import { element, escapeXml, writeXmlMembers } from './xml';

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Clients send a form, and may as well send the same parameters in the query of a GET. */
function parametersOf(request: WireRequest): string {
  return request.method === 'GET' ? request.query : request.body.toString();
}

const common = {
  unknownOperation: { code: 'InvalidAction', statusCode: 400 },

  operationOf(_model: ServiceModel, request: WireRequest) {
    return (
      new URLSearchParams(parametersOf(request)).get('Action') ?? undefined
    );
  },

  parse(model: ServiceModel, operation: string, request: WireRequest) {
    return readQuery(
      model,
      [model.operations[operation].input],
      parseQuery(parametersOf(request)),
    );
  },
};

function headers(requestId: string): Record<string, string> {
  return { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
}

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const awsQuery: Protocol = {
  ...common,

  respond(model, operation, output, requestId) {
    const members = membersOf(model, model.operations[operation].output);
    const result = element(
      `${operation}Result`,
      writeXmlMembers(model, members, output),
    );
    const metadata = element(
      'ResponseMetadata',
      element('RequestId', requestId),
    );
    return {
      status: 200,
      headers: headers(requestId),
      body: `${XML}<${operation}Response xmlns="${model.xmlNamespace}">${result}${metadata}</${operation}Response>`,
    };
  },

  fail(model, error, requestId) {
    const { shape, code, status } = describeError(model, error);
    const members = shape ? membersOf(model, shape) : {};
    const { message: _a, Message: _b, ...rest } = members;
    const content =
      element('Type', status < 500 ? 'Sender' : 'Receiver') +
      element('Code', code) +
      element('Message', escapeXml(error.message)) +
      writeXmlMembers(model, rest, errorMembers(model, shape, error));
    return {
      status,
      headers: headers(requestId),
      body: `${XML}<ErrorResponse xmlns="${model.xmlNamespace}">${element(
        'Error',
        content,
      )}${element('RequestId', requestId)}</ErrorResponse>`,
    };
  },
};

/** https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export const ec2Query: Protocol = {
  ...common,

  respond(model, operation, output, requestId) {
    const members = membersOf(model, model.operations[operation].output);
    const content =
      element('requestId', requestId) + writeXmlMembers(model, members, output);
    return {
      status: 200,
      headers: headers(requestId),
      body: `${XML}<${operation}Response xmlns="${model.xmlNamespace}/${model.version}/">${content}</${operation}Response>`,
    };
  },

  fail(model, error, requestId) {
    const { code, status } = describeError(model, error);
    const content =
      element('Code', code) + element('Message', escapeXml(error.message));
    return {
      status,
      headers: headers(requestId),
      body: `${XML}<Response>${element(
        'Errors',
        element('Error', content),
      )}${element('RequestID', requestId)}</Response>`,
    };
  },
};
