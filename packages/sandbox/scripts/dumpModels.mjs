import { createRequire } from 'node:module';
import { services } from './services.mjs';

const require = createRequire(import.meta.url);

// Kinds of the SDK's static schemas: @smithy/types, schema/static-schemas.d.ts.
const SIMPLE = 0;
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const UNION = 4;
const ERROR = -3;
const OPERATION = 9;

const TRAIT_BITS = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
];
const KEPT_TRAITS = new Set([
  'httpLabel',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
  'http',
  'httpQuery',
  'httpHeader',
  'httpPrefixHeaders',
  'jsonName',
  'xmlName',
  'xmlFlattened',
  'xmlAttribute',
  'xmlNamespace',
  'ec2QueryName',
  'streaming',
  'sparse',
  'httpError',
  'awsQueryError',
]);

function traitsOf(indicator) {
  const traits = {};
  if (typeof indicator === 'number') {
    TRAIT_BITS.forEach((name, bit) => {
      if ((indicator >> bit) & 1) {
        traits[name] = 1;
      }
    });
  } else {
    Object.assign(traits, indicator);
  }
  return Object.fromEntries(
    Object.entries(traits).filter(([name]) => KEPT_TRAITS.has(name)),
  );
}

/** The operations, errors and shapes of one SDK client, as plain JSON. */
async function dumpService({ client: name, className, operations: wanted }) {
  const sdk = require(`@aws-sdk/client-${name}`);
  const client = new sdk[className]({ region: 'us-east-1' });
  const { protocol, protocolSettings } = client.config;
  const shapes = {};

  // A reference is a number (a simple type, or a list or map of one) or the name of a shape.
  // Traits of a simple schema become those of the member, which may override them.
  function resolve(reference) {
    let schema = typeof reference === 'function' ? reference() : reference;
    let memberTraits = {};
    if (Array.isArray(schema) && schema.length === 2) {
      memberTraits = traitsOf(schema[1]);
      schema = typeof schema[0] === 'function' ? schema[0]() : schema[0];
    }
    if (schema === 'unit') {
      return ['Unit', memberTraits];
    }
    if (typeof schema === 'number') {
      return [schema, memberTraits];
    }
    const [kind, , shapeName, traits] = schema;
    if (kind === SIMPLE) {
      const [target, inner] = resolve(schema[4]);
      return [target, { ...inner, ...traitsOf(traits), ...memberTraits }];
    }
    addShape(shapeName, schema);
    return [shapeName, memberTraits];
  }

  function compact([target, traits]) {
    return Object.keys(traits).length ? [target, traits] : [target];
  }

  function addShape(shapeName, schema) {
    if (shapes[shapeName]) {
      return;
    }
    const [kind, , , traits, a, b, required = 0] = schema;
    const shape = {};
    shapes[shapeName] = shape;
    const kept = traitsOf(traits);
    if (Object.keys(kept).length) {
      shape.traits = kept;
    }
    if (kind === LIST) {
      shape.list = compact(resolve(a));
    } else if (kind === MAP) {
      shape.map = [compact(resolve(a)), compact(resolve(b))];
    } else if ([STRUCTURE, UNION, ERROR].includes(kind)) {
      if (kind === UNION) {
        shape.union = true;
      }
      if (required) {
        shape.required = a.slice(0, required);
      }
      shape.members = Object.fromEntries(
        a.map((member, index) => [member, compact(resolve(b[index]))]),
      );
    } else {
      throw new Error(`Unknown kind ${kind} of schema ${shapeName}`);
    }
  }

  const operations = {};
  const errors = {};
  for (const schema of Object.values(sdk)) {
    if (!Array.isArray(schema)) {
      continue;
    }
    const [kind, , schemaName, traits, input, output] = schema;
    if (kind === ERROR) {
      addShape(schemaName, schema);
      errors[schemaName] = schemaName;
    } else if (
      kind === OPERATION &&
      (wanted === '*' || wanted.includes(schemaName))
    ) {
      const { http } = traitsOf(traits);
      const operation = {
        ...(http && { http }),
        input: resolve(input)[0],
        output: resolve(output)[0],
      };
      operations[schemaName] = operation;
    }
  }
  const missing =
    wanted === '*' ? [] : wanted.filter(wantedName => !operations[wantedName]);
  if (missing.length) {
    throw new Error(`${name} has no operations ${missing.join(', ')}`);
  }
  return [
    client.config.defaultSigningName,
    {
      protocol: protocol.getShapeId().split('#')[1],
      version: protocolSettings.version,
      target: protocolSettings.serviceTarget,
      xmlNamespace: protocolSettings.xmlNamespace,
      operations: sorted(operations),
      errors: Object.keys(errors).sort(),
      shapes: sorted(shapes),
    },
  ];
}

function sorted(object) {
  return Object.fromEntries(
    Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * The models of all services by signing name, as JSON text with a line per operation and shape, so
 * that a change of an SDK client reads as a small difference.
 */
export async function dumpModels() {
  const models = [];
  for (const service of services) {
    const [signingName, model] = await dumpService(service);
    const fields = Object.entries(model).filter(([, value]) => value);
    const lines = fields.map(([field, value]) => {
      if (typeof value === 'object' && !Array.isArray(value)) {
        const entries = Object.entries(value).map(
          ([key, item]) => `${JSON.stringify(key)}: ${JSON.stringify(item)}`,
        );
        return `"${field}": {\n${entries.join(',\n')}\n}`;
      }
      return `"${field}": ${JSON.stringify(value)}`;
    });
    models.push(`"${signingName}": {\n${lines.join(',\n')}\n}`);
  }
  return `{\n${models.join(',\n')}\n}\n`;
}
