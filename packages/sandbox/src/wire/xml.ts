import { XMLParser } from 'fast-xml-parser';
import { Member, resolve, ServiceModel } from './model';
import { formatValue, parseText, serializationError } from './simpleValues';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A bare carriage return would be read as a line feed.
  '\r': '&#xD;',
};

/** Text as it may stand in an XML element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, character => ESCAPES[character]);
}

/** An element; `content` is XML already. */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** The elements of a structure's members, without one around them. */
export function writeXmlMembers(
  model: ServiceModel,
  members: Record<string, Member>,
  value: any,
): string {
  let xml = '';
  for (const [name, member] of Object.entries(members)) {
    if (value[name] !== undefined) {
      xml += writeXml(model, member[1]?.xmlName ?? name, member, value[name]);
    }
  }
  return xml;
}

/** A value as an element of that name (several, for a flattened list). */
export function writeXml(
  model: ServiceModel,
  name: string,
  [target, traits = {}]: Member,
  value: any,
): string {
  const shape = resolve(model, target);
  if (typeof shape === 'number') {
    return element(name, escapeXml(String(formatValue(shape, value, 'xml'))));
  }
  if (shape.list) {
    const itemName = traits.xmlFlattened
      ? name
      : shape.list[1]?.xmlName ?? 'member';
    const items = [...value]
      .map(item => writeXml(model, itemName, shape.list!, item))
      .join('');
    return traits.xmlFlattened ? items : element(name, items);
  }
  if (shape.map) {
    const [key, item] = shape.map;
    const entries = Object.entries(value).map(([entryKey, entryValue]) =>
      element(
        traits.xmlFlattened ? name : 'entry',
        writeXml(model, key[1]?.xmlName ?? 'key', key, entryKey) +
          writeXml(model, item[1]?.xmlName ?? 'value', item, entryValue),
      ),
    );
    return traits.xmlFlattened
      ? entries.join('')
      : element(name, entries.join(''));
  }
  return element(name, writeXmlMembers(model, shape.members ?? {}, value));
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  removeNSPrefix: true,
});

/** Reads the root element of an XML body by its shape. */
export function readXmlBody(
  model: ServiceModel,
  member: Member,
  body: string,
): unknown {
  let root: Record<string, unknown>;
  try {
    root = parser.parse(body, true);
  } catch (error) {
    throw serializationError(`The XML is not well-formed: ${error}`);
  }
  const { '?xml': _declaration, ...elements } = root;
  return readXml(model, member, Object.values(elements)[0]);
}

function readXml(
  model: ServiceModel,
  [target, traits = {}]: Member,
  node: any,
): unknown {
  const shape = resolve(model, target);
  if (typeof shape === 'number') {
    return parseText(shape, String(node));
  }
  if (shape.list) {
    const items = traits.xmlFlattened
      ? node
      : node?.[shape.list[1]?.xmlName ?? 'member'] ?? [];
    return [items].flat().map(item => readXml(model, shape.list!, item));
  }
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const child = node?.[member[1]?.xmlName ?? name];
    if (child !== undefined) {
      result[name] = readXml(model, member, child);
    }
  }
  return result;
}
